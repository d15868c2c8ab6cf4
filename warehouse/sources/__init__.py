"""Where operational rows come from: folders of files, or a live PostgreSQL.

A source hands over text: one parquet file per table with a `_row` number and every cell as it
stands. Not here: what a value means (`warehouse.landing`).
"""

"""The one style sheet of a dashboard page: sizes, grid, colors, phone, print. No request leaves it."""

from __future__ import annotations

from reports.render import palette as c
from reports.render.charts import SCREEN_FONT

_BASE = f"""
:root{{color-scheme:light}}
*{{box-sizing:border-box}}
html{{-webkit-text-size-adjust:100%;text-size-adjust:100%}}
body{{margin:0;background:#fff;color:{c.INK};font:400 15px/20px {SCREEN_FONT};font-variant-numeric:lining-nums tabular-nums}}
.page{{max-width:1440px;margin:0 auto;padding:32px 80px 40px}}
h1,h2,p,dl,dd,figure,table{{margin:0}}
h1,h2,h3,th,strong,.label,.value{{font-weight:600}}
a{{color:{c.BLUE}}}
a:focus-visible,summary:focus-visible{{outline:3px solid {c.BLUE};outline-offset:2px}}
.skip{{position:absolute;left:-999px;top:0;background:#fff;padding:8px 16px}}
.skip:focus{{left:16px;top:8px;z-index:1}}
.vh{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}}
.top{{display:flex;justify-content:space-between;gap:8px 32px;flex-wrap:wrap;border-bottom:2px solid {c.INK};padding-bottom:16px;font-size:15px;line-height:20px}}
.top strong{{margin-right:12px}}
.top .facts{{color:{c.INK_2}}}
h1{{margin-top:40px;font-size:33px;line-height:40px;letter-spacing:-.012em;text-wrap:balance}}
.lead{{margin-top:8px;max-width:980px;font-size:18px;line-height:28px;color:{c.INK_2};text-wrap:pretty}}
section{{margin-top:56px;scroll-margin-top:16px}}
h2{{font-size:20px;line-height:28px;text-wrap:balance}}
.under{{font-size:14px;line-height:20px;color:{c.INK_2}}}
svg{{display:block}}
.mark{{display:inline-block;width:10px;height:10px;margin-right:6px;vertical-align:baseline}}
"""

_NUMBERS = f"""
.numbers{{display:grid;grid-template-columns:520px minmax(0,1fr);gap:0 64px;margin-top:40px}}
.label{{display:block;font-size:15px;line-height:20px}}
.label a{{color:inherit;text-decoration:none;display:inline-block;padding:2px 0;margin:-2px 0}}
.label a:hover{{text-decoration:underline}}
.value{{font-size:36px;line-height:44px;letter-spacing:-.012em;white-space:nowrap}}
.leading .value{{font-size:60px;line-height:64px}}
.against{{font-size:15px;line-height:20px;font-weight:600}}
.leading .against{{font-size:19px;line-height:26px}}
.against .rest{{font-weight:400;color:{c.INK_2}}}
.bad{{color:{c.ADVERSE}}}.good{{color:{c.FAVORABLE}}}
.who{{margin-top:4px;font-size:15px;line-height:20px;color:{c.INK_2}}}
figure{{margin-top:20px}}
figcaption{{font-size:14px;line-height:20px;color:{c.INK_2};margin-bottom:8px}}
figcaption strong{{color:{c.INK}}}
.narrow{{display:none}}
figure svg{{max-width:100%;height:auto}}
.tiles{{display:grid;grid-template-columns:1fr 1fr;gap:0 40px;align-content:start}}
.tile{{display:grid;grid-template-rows:auto auto auto 1fr;min-height:150px;padding:14px 0 14px;border-bottom:1px solid {c.LINE}}}
.tile:nth-child(-n+2){{padding-top:0;min-height:136px}}
.tile .foot{{display:flex;justify-content:space-between;align-items:flex-end;gap:12px;min-height:36px;font-size:14px;line-height:20px;color:{c.INK_2}}}
.tile .none{{font-size:24px;line-height:44px;color:{c.INK_2};letter-spacing:0}}
.tag{{display:inline-block;vertical-align:middle;margin-left:8px;border:1px solid {c.INK_2};border-radius:2px;padding:0 6px;font-size:13px;line-height:18px;font-weight:400;letter-spacing:0}}
.once{{margin-top:10px;font-size:13px;line-height:16px;color:{c.MUTED}}}
.spark{{flex:none}}
"""

_TABLES = f"""
.two{{display:grid;grid-template-columns:minmax(0,608fr) minmax(0,608fr);gap:0 64px}}
.wide{{display:grid;grid-template-columns:minmax(0,776fr) minmax(0,440fr);gap:0 64px}}
table{{width:100%;border-collapse:collapse;margin-top:16px}}
th,td{{text-align:left;vertical-align:top;padding:8px 12px 8px 0}}
th:last-child,td:last-child{{padding-right:0}}
thead th{{font-size:13px;line-height:16px;color:{c.INK_2};vertical-align:bottom;border-bottom:1px solid {c.INK};padding-top:0}}
tbody td,tbody th{{border-bottom:1px solid {c.LINE}}}
tbody th{{font-weight:400}}
tbody tr:last-child td,tbody tr:last-child th{{border-bottom:0}}
tfoot td,tfoot th{{border-top:1px solid {c.INK};font-weight:600}}
.n{{text-align:right;white-space:nowrap}}
thead th.n{{white-space:normal}}
.c-compliance_status,.c-rules_words{{white-space:nowrap}}
.hidden-row{{padding-left:24px}}
.bar{{width:166px;padding-left:4px}}
.sev{{display:inline-block;border-radius:2px;padding:0 8px;font-size:13px;line-height:18px;font-weight:600;border:1px solid transparent;min-width:66px;text-align:center}}
.sev-critical{{background:{c.ADVERSE};color:#fff;border-color:{c.ADVERSE}}}
.sev-high{{color:{c.ADVERSE};border-color:{c.ADVERSE}}}
.sev-medium{{color:{c.INK};border-color:{c.INK}}}
.sev-low{{color:{c.INK_2};padding:0;text-align:left}}
.what{{font-weight:600}}
.gap{{display:inline-block;border:1px dashed {c.PRIOR};border-radius:2px;padding:0 6px;font-size:13px;line-height:18px;color:{c.INK_2};white-space:nowrap}}
.hidden-group{{color:{c.INK_2}}}
.more-rows{{margin-top:8px;font-size:14px;color:{c.INK_2}}}
.notes p{{margin-top:12px;max-width:560px}}
details{{margin-top:8px}}
summary{{cursor:pointer;padding:6px 0;color:{c.BLUE};text-decoration:underline}}

dl{{margin-top:8px;columns:2;column-gap:64px}}
dl div{{break-inside:avoid;padding:8px 0}}
dt{{font-weight:600}}dd{{color:{c.INK_2}}}
.foot-links{{display:flex;justify-content:space-between;flex-wrap:wrap;gap:8px 32px;margin-top:56px;border-top:1px solid {c.LINE};padding-top:16px;font-size:13px;line-height:24px;color:{c.MUTED}}}
.foot-links ul{{display:inline;list-style:none;margin:0;padding:0}}
.foot-links li{{display:inline-block;margin-left:12px}}
.foot-links li a{{display:inline-block;min-height:24px}}
"""

_TABLET = """
@media (max-width:1359px){.page{padding:24px 40px 32px}.numbers{grid-template-columns:minmax(0,520fr) minmax(0,640fr);gap:0 48px}.two,.wide{gap:0 48px}.bar{width:110px}.bar svg{width:100px}}
@media (max-width:1023px){.numbers,.two,.wide{display:block}.leading figure{max-width:560px}.tiles{margin-top:40px}.tile,.tile:nth-child(-n+2){padding-top:14px;min-height:150px}.bar{width:166px}.bar svg{width:150px}dl{columns:1}}
"""

_PHONE = f"""
@media (max-width:767px){{.drop,.bar{{display:none}}}}
@media (max-width:599px){{
.page{{padding:16px 16px 24px}}
.top{{display:block;padding-bottom:12px;font-size:13px;line-height:18px}}
.top strong,.top span{{display:block}}
.top .late{{display:none}}
h1{{margin-top:20px;font-size:25px;line-height:31px}}
.lead{{font-size:16px;line-height:24px;margin-top:8px}}
.numbers{{margin-top:24px}}
.leading .value{{font-size:46px;line-height:52px}}
.leading .against{{font-size:15px;line-height:20px}}
figure{{margin-top:16px}}
.wide-chart{{display:none}}.narrow{{display:block}}
.tiles{{display:block;margin-top:12px}}
.tile,.tile:nth-child(-n+2){{position:relative;display:block;min-height:0;padding:10px 0}}
.tile .value{{font-size:30px;line-height:38px}}
.tile .none{{font-size:22px;line-height:34px}}
.tile .foot{{display:block;min-height:0}}
.tile .spark{{position:absolute;right:0;top:36px}}
.label a{{padding:14px 0;margin:-14px 0}}
section{{margin-top:40px}}
h2{{font-size:19px;line-height:25px}}
th,td{{padding-right:8px}}
.detail{{display:none}}.detail:target{{display:block}}
.cards thead{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}
.cards tr{{display:grid;grid-template-columns:1fr auto;padding:10px 0;border-bottom:1px solid {c.LINE}}}
.cards tbody td,.cards tbody th{{border:0;padding:0}}
.cards .c-item_name{{grid-column:1/-1;grid-row:2;padding:4px 0}}
.cards .c-severity{{grid-column:1;grid-row:1}}
.cards .c-law{{grid-column:2;grid-row:1;text-align:right;color:{c.INK_2}}}
.cards .c-size_words{{grid-column:1;grid-row:3;color:{c.INK_2}}}
.cards .c-owner{{grid-column:2;grid-row:3;text-align:right;color:{c.INK_2}}}
.foot-links{{display:block;margin-top:32px;border:0;padding:0}}
.foot-links h2{{display:block}}
.foot-links ul{{display:block;margin:8px 0 16px}}
.foot-links li{{display:block;margin:0;border-bottom:1px solid {c.LINE}}}
.foot-links li a{{display:block;min-height:48px;line-height:48px;font-size:15px;text-decoration:none}}
.foot-links li a::after{{content:"\\203A";float:right}}
summary{{min-height:48px;line-height:36px}}
}}
@media (min-width:600px){{.foot-links h2{{display:inline;font-size:13px;line-height:24px;font-weight:400}}}}
"""

_PRINT = f"""
@page{{size:letter;margin:.5in .58in}}
@media print{{
body{{font-size:10pt;line-height:13pt}}
.page{{padding:0;max-width:none}}
.skip,nav,summary{{display:none}}
.top{{font-size:10pt}}
h1{{margin-top:14pt;font-size:20pt;line-height:24pt}}
.lead{{font-size:11.5pt;line-height:16pt}}
h2{{font-size:12pt;line-height:15pt;break-after:avoid}}
.numbers{{display:grid;grid-template-columns:46% 50%;gap:0 4%;margin-top:14pt}}
.leading .value{{font-size:30pt;line-height:34pt}}
.leading .against{{font-size:11pt;line-height:15pt}}
.wide-chart{{display:block}}.narrow{{display:none}}
.tiles{{display:grid;margin-top:0;gap:0 14pt}}
.tile,.tile:nth-child(-n+2){{min-height:0;padding:0 0 6pt;margin-bottom:6pt}}
.tile .value{{font-size:16pt;line-height:20pt}}.tile .none{{font-size:13pt;line-height:20pt}}
.label,.against{{font-size:10pt;line-height:13pt}}
.tile .foot,.under,figcaption,.who{{font-size:9pt;line-height:12pt}}
.spark{{width:72pt;height:22pt}}
section{{margin-top:16pt}}
.two,.wide{{display:block}}.detail{{display:block}}
th,td{{padding-top:3pt;padding-bottom:3pt}}thead th{{font-size:9pt;line-height:11pt}}
thead{{display:table-header-group}}tfoot{{display:table-row-group}}tr{{break-inside:avoid}}
.drop{{display:table-cell}}
a{{color:inherit;text-decoration:none}}
details>*{{display:block}}
.foot-links{{margin-top:12pt;color:{c.MUTED}}}
*{{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
}}
"""


def style() -> str:
    """The whole sheet without line breaks that only waste bytes."""
    return "".join(
        line
        for part in (_BASE, _NUMBERS, _TABLES, _TABLET, _PHONE, _PRINT)
        for line in part.splitlines()
    )

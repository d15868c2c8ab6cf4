-- How every choice is made: a hash of (seed, entity, purpose), so equal seeds give equal rows.
create macro draw(entity, purpose, ways) as
  cast(
    md5_number_lower(concat_ws('|', getvariable('seed'), entity, purpose)) % cast(ways as ubigint)
    as bigint
  );
create macro chance(entity, purpose, permille) as draw(entity, purpose, 1000) < permille;
create macro uid_of(digest) as
  substr(digest, 1, 8) || '-' || substr(digest, 9, 4) || '-5' || substr(digest, 14, 3)
  || '-a' || substr(digest, 18, 3) || '-' || substr(digest, 21, 12);
create macro uid(kind, entity) as
  uid_of(md5(concat_ws('|', getvariable('seed'), kind, entity)));
-- A number of the invented kind: area 900 to 999, group 01 to 49, never 0000 at the end.
create macro ssn_place(person, slot) as (cast(person as bigint) * 8 + slot) * 15485863 % 48995100;
create macro specimen_ssn(person, slot) as
  cast(900 + ssn_place(person, slot) % 100 as varchar)
  || lpad(cast(1 + ssn_place(person, slot) // 100 % 49 as varchar), 2, '0')
  || lpad(cast(1 + ssn_place(person, slot) // 4900 as varchar), 4, '0');
create macro cents(amount) as cast(round(amount, 2) as decimal(14, 2));
create macro year_start(offset_years) as
  make_date(cast(getvariable('tax_year') + offset_years as bigint), 1, 1);
create macro year_end(offset_years) as
  make_date(cast(getvariable('tax_year') + offset_years as bigint), 12, 31);
create macro month_start(day) as cast(date_trunc('month', day) as date);
create macro stamp(day, clock) as
  case when day is null then null else cast(day as varchar) || ' ' || clock end;
create macro book(name) as table
  select * from read_csv(getvariable('books') || '/' || name || '.csv', all_varchar = true, header = true);
create macro months_between(first_day, last_day) as table
  select cast(unnest(generate_series(first_day, last_day, interval 1 month)) as date) as month;

create table given_name as select name, row_number() over (order by name) - 1 as n from book('given_name');
create table family_name as select name, row_number() over (order by name) - 1 as n from book('family_name');
create table street as select name, row_number() over (order by name) - 1 as n from book('street');
create table place as select *, row_number() over (order by zip) - 1 as n from book('place');
set variable given_names = (select count(*) from given_name);
set variable family_names = (select count(*) from family_name);
set variable streets = (select count(*) from street);
set variable places = (select count(*) from place);

-- Accounts: the benefits staff, and a fifth of the employees for self-service.
create table self_service as
select p.i, p.firm_no, p.company_id, p.employee_id, e.first_name || ' ' || e.last_name as full_name, e.email,
  uid('user', 'employee/' || p.i) as user_id,
  not exists (select 1 from spell as s where s.i = p.i and s.end_date is not null)
    or exists (select 1 from spell as s where s.i = p.i and s.end_date is null) as is_active
from placed as p
inner join out_employee as e on e.id = p.employee_id
where chance(p.i, 'has account', 200);

create table out_user as
select user_id as id, company_id, cast(null as varchar) as employee_id, full_name, email, post <> 'leaver' as is_active,
  stamp(year_start(-1), '08:00:00') as created_at, stamp(year_start(-1), '08:00:00') as updated_at
from staff
union all
select user_id, company_id, employee_id, full_name, email, is_active,
  stamp(year_start(-1), '08:00:00'), stamp(year_start(-1), '08:00:00')
from self_service;

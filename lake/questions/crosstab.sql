-- How do views divide by two properties, such as country and device?
-- Filters: page, country, device
select coalesce(cast(:by as varchar), '(unknown)') as :by, coalesce(cast(:across as varchar), '(unknown)') as :across,
  count(*) as views
from :views
group by 1, 2
order by views desc, 1, 2
limit :rows

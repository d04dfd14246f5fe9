-- In which countries is one page read, on all devices or on one kind?
-- Filters: device
select coalesce(country, '(unknown)') as country, count(*) as views,
  round(1e2 * count(*) / sum(count(*)) over (), 1) as percent
from :views
where page = :page
group by 1
order by views desc, 1
limit :rows

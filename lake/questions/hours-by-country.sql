-- At which hours of the site's clock does each country read?
-- Filters: country, page
select country, hour, views
from (
  select coalesce(country, '(unknown)') as country, hour, count(*) as views,
    sum(count(*)) over (partition by coalesce(country, '(unknown)')) as of_country
  from :views
  group by 1, 2
) as hours
order by of_country desc, country, hour
limit :rows

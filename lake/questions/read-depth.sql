-- Is a page read first, second or later in a visit?
-- Filters: page, country, device
select page,
  sum(case when nth = 1 then 1 else 0 end) as first,
  sum(case when nth = 2 then 1 else 0 end) as second,
  sum(case when nth = 3 then 1 else 0 end) as later,
  sum(case when nth is null then 1 else 0 end) as unknown
from :views
group by page
order by count(*) desc, page
limit :rows

-- Which page do readers open from each page?
select before, page, count(*) as views
from :views
where before is not null and before <> page
group by before, page
order by views desc, before, page
limit :rows

-- Where do visits go after their first page?
select before as first_page, page as second_page, count(*) as visits
from :views
where nth = 2 and before is not null
group by before, page
order by visits desc, before, page
limit :rows

-- Which languages do the readers of one page prefer, by country?
select coalesce(language, '(unknown)') as language, coalesce(country, '(unknown)') as country, count(*) as views
from :views
where page = :page
group by 1, 2
order by views desc, 1, 2
limit :rows

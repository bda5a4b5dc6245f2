alter table claim add column withdrawn text;
alter table claim add column withdrawn_why text;

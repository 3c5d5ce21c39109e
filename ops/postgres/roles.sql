-- Two roles: one owns the tables and is used by `./vssid migrate` alone, the other serves and owns nothing.
-- Run as a superuser:  psql -v owner_password=… -v app_password=… -f roles.sql
CREATE ROLE vssid_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE vssid_app LOGIN PASSWORD :'app_password';
CREATE DATABASE vssid OWNER vssid_owner TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE vssid FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE vssid TO vssid_app;
-- The tables of an import under way lie in a schema of their own; nothing in it can stand in for a table of ours.
ALTER ROLE vssid_app IN DATABASE vssid SET search_path = public, vssid_staging;
-- The limits of docs/operations/database.md, also behind a pooler that drops the options of a connection.
ALTER ROLE vssid_owner SET statement_timeout = '15s';
ALTER ROLE vssid_owner SET lock_timeout = '5s';
ALTER ROLE vssid_owner SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE vssid_app SET statement_timeout = '15s';
ALTER ROLE vssid_app SET lock_timeout = '5s';
ALTER ROLE vssid_app SET idle_in_transaction_session_timeout = '60s';

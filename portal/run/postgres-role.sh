#!/bin/sh
# Runs once, when the postgres container makes its files: the portal's own role, which is no superuser, because
# the wall between tenants does not hold for one.
set -eu
psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 \
    --set password="$PORTAL_DATABASE_PASSWORD" <<'SQL'
CREATE ROLE portal LOGIN CREATEROLE CREATEDB PASSWORD :'password';
CREATE DATABASE portal OWNER portal;
SQL

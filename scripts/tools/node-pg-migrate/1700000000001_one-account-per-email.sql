-- Up Migration
ALTER TABLE accounts ADD CONSTRAINT one_account_per_email UNIQUE (email);

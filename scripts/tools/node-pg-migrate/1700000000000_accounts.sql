-- Up Migration
CREATE TABLE accounts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL);
INSERT INTO accounts (email) VALUES ('ada@example.com'), ('ada@example.com');

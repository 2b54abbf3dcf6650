-- Belongs to the application: Millrace writes into it and never changes it.
CREATE TABLE property_definitions (
    project_id bigint NOT NULL,
    event varchar(400) NOT NULL,
    property varchar(400) NOT NULL,
    property_type text NOT NULL,
    "timestamp" timestamptz NOT NULL,
    UNIQUE (project_id, event, property)
);

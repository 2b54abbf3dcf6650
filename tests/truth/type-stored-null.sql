--- before
CREATE TABLE source (id UInt64, note Nullable(String)) ENGINE = MergeTree ORDER BY id;

--- rows
INSERT INTO source VALUES (1, NULL), (2, 'a');

--- change: MR300
ALTER TABLE source MODIFY COLUMN note String;

--- show
SELECT count() FROM source WHERE isNull(note);

--- harmless: a dictionary for it
ALTER TABLE source MODIFY COLUMN note LowCardinality(Nullable(String));

--- shown
-- without the change:
--   1
-- with the change:
--   1
-- with its harmless twin:
--   1

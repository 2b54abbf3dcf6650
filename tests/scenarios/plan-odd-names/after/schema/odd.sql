-- role: data
CREATE TABLE shop.`it's \`odd\` ü"` (`a'b\`c` String COMMENT 'it''s -- odd') ENGINE = MergeTree ORDER BY tuple();

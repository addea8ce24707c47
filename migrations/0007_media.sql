-- What the gateway's media agent measured in an equipment test, by way: JSON.
ALTER TABLE equipment_tests ADD COLUMN measured TEXT;

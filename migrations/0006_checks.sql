-- Whose phone was tested: a verdict of another one than the seat's present phone is said to be of another.
ALTER TABLE equipment_tests ADD COLUMN device_hash TEXT;

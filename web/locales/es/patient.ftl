# Words of the patient pages.

# Words of the support pages.

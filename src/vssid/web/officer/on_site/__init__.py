"""/can-bo/luu-dong: deciding at an employer's, on a device that may have no network."""

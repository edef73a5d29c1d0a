"""The data model of `confsched-1` and its reader and writer; knows nothing of how schedules are found."""

//! A session killed in the middle resumes where it was.

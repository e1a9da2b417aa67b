"""Why the operating system gave no file, in the words that whoever runs a command reads. Pure."""

import errno

_REASONS = {
    errno.ENOENT: "berkas atau direktorinya tidak ada",
    errno.EISDIR: "itu direktori, bukan berkas",
    errno.ENOTDIR: "bagian dari jalurnya bukan direktori",
    errno.EACCES: "Anda tidak berhak",
    errno.EPERM: "Anda tidak berhak",
    errno.EROFS: "tempat itu hanya dapat dibaca",
    errno.ENOSPC: "tempat penyimpanan penuh",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.EEXIST: "sudah ada",
}


def reason_of(error: OSError) -> str:
    """The reason as part of an Indonesian sentence; the system's own words where it is a rare one."""
    return _REASONS.get(error.errno) or error.strerror or str(error)

#pragma once

#include "emulator/source/problem.hpp"

#include <sys/types.h>

#include <string>
#include <string_view>

namespace understudy::files {

/// Writes a whole file so that no reader ever sees a part of it: beside it first, under a name that nobody can know
/// before, then in its place, which keeps its mode, and its owner where we may give files away; a link stays one. What
/// replaces another is on the disk before it does. What is no regular file, as a pipe, is written into. Missing folders
/// are made.
/// Errors: unreadable, with the system's reason; the file is then as it was.
source::Result<void> write_file(const std::string& path, std::string_view text);

/// Adds to the end of a file. Missing folders are made. Errors: unreadable.
source::Result<void> append_to_file(const std::string& path, std::string_view text);

/// Opens a file to be written from its begin, which makes it empty. Missing folders are made. Errors: unreadable.
source::Result<int> open_to_write(const std::string& path);

/// Opens a file, which is made where there is none, with the folders that it lacks. -1: `errno` tells why not, be it
/// of a folder.
int open_in_folder(const std::string& path, int flags, mode_t mode);

/// Writes all of the text, waiting for whoever reads it. False: `errno` tells why not.
bool write_all(int descriptor, std::string_view text);

/// `cannot write 'path': No space left on device`.
source::Problem unwritable(const std::string& path, int error);

}  // namespace understudy::files

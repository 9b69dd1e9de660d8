#pragma once

#include "emulator/process/zip_entries.hpp"
#include "emulator/source/problem.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace understudy::process {

/// A zip file that is being read; the one place that knows the zip library.
class ZipReader {
  public:
    /// `descriptor` is the open file, which the caller keeps open; `file` is what problems call it.
    ZipReader(int descriptor, std::filesystem::path file);
    ~ZipReader();
    ZipReader(const ZipReader&) = delete;
    ZipReader& operator=(const ZipReader&) = delete;

    /// What its directory says, unchecked. Errors: malformed, also for none at all; too_large for more than
    /// `kMostEntries`.
    source::Result<std::vector<ZipEntry>> read_entries();

    /// Hands out the content of an entry in pieces, at most `size` bytes of it.
    /// Preconditions: `index` is one of those that `read_entries` gave.
    /// Errors: malformed where it is damaged or not `size` bytes long; the sink's own.
    using Sink = std::function<source::Result<void>(std::string_view)>;
    source::Result<void> read(std::size_t index, std::uint64_t size, const Sink& sink);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace understudy::process

#pragma once

#include "emulator/source/problem.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace understudy::process {

/// Tells when files or folders have been written: once, after a time of quiet.
///
/// A file counts as changed when somebody who wrote to it closed it, when another was renamed or linked to its name, or
/// when its mode changed; a folder when that happens to a file anywhere below it, or when it is replaced. What does not
/// exist yet is watched for. Removing something is no change: what comes in its place is; that nothing does can be told
/// by itself. Neighbours of a watched file,
/// and in a watched folder git's own and the temporary files of editors (`is_temporary_name`), do not count. Where the
/// last part of a path is a link, what it leads to is watched too.
///
/// To be used on the executor's thread only. Destroying it ends the watch: no callback comes after that.
class FileWatch {
  public:
    /// Gets the watched paths that changed, as they were given and in that order. It may destroy the watch, or call
    /// `watch`.
    using OnChange = std::function<void(std::vector<std::filesystem::path> changed)>;

    /// `quiet`: how long nothing must happen before a change is told.
    FileWatch(boost::asio::any_io_executor executor, std::chrono::milliseconds quiet, OnChange on_change);
    ~FileWatch();
    FileWatch(const FileWatch&) = delete;
    FileWatch& operator=(const FileWatch&) = delete;

    /// Watches these instead of those before; a change that has not been told is forgotten, unless it is of a path that
    /// is watched on. Preconditions: the paths are absolute.
    /// Errors: unreadable, with a hint where the system's limit of watches is met.
    source::Result<void> watch(std::vector<std::filesystem::path> paths);

    /// Tells also which watched paths have gone and were not there again when nothing had gone for `patience`: once
    /// each, until they are there again. A build takes its product away before it makes the next.
    void on_loss(std::chrono::milliseconds patience, OnChange tell);

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace understudy::process

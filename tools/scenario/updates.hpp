#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"
#include "tools/scenario/result.hpp"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace understudy::scenario {

/// A file of scenarios that is to be written anew.
struct UpdatedFile {
    std::string file;
    std::string before;  ///< As it was when the scenarios were read.
    std::string after;
    std::vector<std::string> places;  ///< `12: response`, one for each snapshot that is written.
};

/// What `--update` does.
struct Updates {
    std::vector<UpdatedFile> files;
    std::vector<source::Problem> refusals;                  ///< Snapshots that are not written, and why.
    std::set<std::pair<std::string, std::size_t>> refused;  ///< Where these stand: their files, and offsets in them.

    /// Whether everything that a run's replies would change is among what is written, but for `unwritten` files.
    bool settles(const RunResult& run, const std::set<std::string>& unwritten) const;
};

/// Gathers from all runs what their replies would change in the files.
class UpdateCollector {
  public:
    /// A run that is expected to fail changes nothing.
    void add(const RunResult& run);
    /// A place where runs got different values is left as it is.
    Updates finish();

  private:
    struct Place {
        Snapshot first;
        std::string first_run;
        std::string other_run;  ///< One that got another value; empty where there is none.
    };
    using Places = std::map<std::size_t, Place>;  // by where they begin

    void add(const Snapshot& snapshot, const std::string& run);
    static std::vector<const Snapshot*> choose(const Places& places, Updates& updates);
    static void write(const source::Document& document, const Places& places, Updates& updates);

    std::map<std::string, std::pair<source::Document, Places>> files_;
};

}  // namespace understudy::scenario

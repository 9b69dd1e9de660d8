#pragma once

#include "emulator/record/files/recording_reader.hpp"
#include "emulator/source/problem.hpp"
#include "tools/replay/selection.hpp"
#include "tools/replay/tally.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace understudy::replay {

/// An exchange that is replayed, and its number among all that were read.
struct Selected {
    record::Recorded recorded;
    std::uint64_t number = 0;

    const record::Exchange& exchange() const { return recorded.exchange; }
    Place place() const;
};

/// What gives exchanges, whatever file they are from: `nullopt` at the end.
using ExchangeSource = std::function<source::Result<std::optional<record::Recorded>>()>;

/// What reading tells beside exchanges.
struct ReadingNotes {
    std::vector<source::Problem> warnings;
    std::size_t broken_files = 0;  ///< Of folders: they could not be read, and are left out.
};

/// Opens a file by what it holds: a recording, logs of the recorder on AWS, an event or a directory of them. Notes are
/// added as they come up. Lifetime: `notes` outlives it.
/// Errors: not_found, unreadable; malformed for what is none of these.
source::Result<ExchangeSource> open_source(const std::string& file, ReadingNotes& notes);

/// The exchanges of files that are meant, one after the other, in the memory of one.
class ExchangeFeed {
  public:
    ExchangeFeed(std::vector<std::string> files, SelectionRules rules, std::uint64_t limit)
        : files_(std::move(files)), rules_(std::move(rules)), limit_(limit) {}

    /// nullopt at the end. Errors: those of `open_source` and of reading; then it is at its end.
    source::Result<std::shared_ptr<const Selected>> next();
    /// What `next` gives the next time.
    source::Result<std::shared_ptr<const Selected>> peek();

    const std::vector<source::Problem>& warnings() const { return notes_.warnings; }
    /// Whether everything that was asked for could be read so far.
    bool is_whole() const { return !failed_ && notes_.broken_files == 0; }
    /// How many were read, selected or not.
    std::uint64_t read() const { return read_; }

  private:
    source::Result<std::shared_ptr<const Selected>> find_next();
    source::Problem fail(const source::Problem& problem);

    std::vector<std::string> files_;
    SelectionRules rules_;
    std::uint64_t limit_;
    std::size_t opened_ = 0;
    ExchangeSource source_;
    ReadingNotes notes_;
    bool failed_ = false;
    std::optional<source::Result<std::shared_ptr<const Selected>>> peeked_;
    std::uint64_t read_ = 0;
    std::uint64_t given_ = 0;
};

/// The bound of a sample of so many exchanges of these files, of which shards then take their parts. Reads them once.
/// Errors: as `ExchangeFeed::next`.
source::Result<std::uint64_t> find_sample_bound(const std::vector<std::string>& files, const SelectionRules& rules,
                                                std::uint64_t count);

}  // namespace understudy::replay

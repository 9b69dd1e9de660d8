#pragma once

#include "emulator/record/files/recording_reader.hpp"
#include "emulator/source/problem.hpp"
#include "tools/replay/selection.hpp"
#include "tools/replay/tally.hpp"

#include <cstdint>
#include <deque>
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
    /// Whether it is of a HAR: requests and responses, and no event.
    bool is_from_archive() const { return recorded.line == 0 && exchange().request.has_value(); }
};

/// What gives exchanges, whatever file they are from: `nullopt` at the end.
using ExchangeSource = std::function<source::Result<std::optional<record::Recorded>>()>;

/// What reading tells beside exchanges.
struct ReadingNotes {
    std::vector<source::Problem> warnings;
    std::size_t broken_files = 0;  ///< Of folders: they could not be read to their end.
};

/// Opens a file by what it holds: a recording, logs of the recorder on AWS, events. Notes are added as they come up.
/// Lifetime: `notes` outlives it.
/// Errors: not_found, unreadable; malformed for what is none of these.
source::Result<ExchangeSource> open_source(const std::string& file, ReadingNotes& notes);

/// The `.jsonl`, `.json` and `.har` files of a folder, those of its folders too, in the order of their names.
/// Errors: unreadable; invalid where there are none.
source::Result<std::vector<std::string>> list_recorded_files(const std::string& folder);

/// The exchanges of files that are meant, one after the other, in the memory of one. What cannot be read of a folder's
/// files is left out, and told in `warnings`.
class ExchangeFeed {
  public:
    ExchangeFeed(std::vector<std::string> files, SelectionRules rules, std::uint64_t limit)
        : rules_(std::move(rules)), limit_(limit), ids_(rules_.ids) {
        for (std::string& file : files) pending_.push_back({std::move(file), Asked::by_name});
    }

    /// nullopt at the end. Errors: those of `open_source` and of reading; then it is at its end.
    source::Result<std::shared_ptr<const Selected>> next();
    /// What `next` gives the next time.
    source::Result<std::shared_ptr<const Selected>> peek();

    const std::vector<source::Problem>& warnings() const { return notes_.warnings; }
    /// Whether everything that was asked for could be read so far.
    bool is_whole() const { return !failed_ && notes_.broken_files == 0; }
    /// How many were read, selected or not.
    std::uint64_t read() const { return read_; }
    /// A sentence for each id that is asked for and no exchange has, once all of them were read.
    std::vector<std::string> tell_missing_ids() const;

  private:
    /// How a file came to be read.
    enum class Asked : std::uint8_t { by_name, with_folder };
    struct File {
        std::string path;
        Asked asked = Asked::by_name;
    };

    source::Result<void> open_next();
    source::Result<void> give_up(const source::Problem& problem);
    source::Result<std::shared_ptr<const Selected>> find_next();
    source::Problem fail(const source::Problem& problem);

    std::deque<File> pending_;
    SelectionRules rules_;
    std::uint64_t limit_;
    IdSearch ids_;
    Asked asked_ = Asked::by_name;  ///< The file that is read.
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

#pragma once

#include "emulator/source/problem.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::process {

/// What an entry of a zip file becomes.
enum class EntryKind : std::uint8_t { file, directory, link };

/// An entry as a zip's directory describes it.
struct ZipEntry {
    std::string name;  ///< As written, every byte.
    std::uint64_t packed_size = 0;
    std::uint64_t size = 0;
    std::uint32_t attributes =
        0;                      ///< "External file attributes": Unix mode in the upper half, where the maker is Unix.
    std::uint16_t made_by = 0;  ///< Upper byte: 3 for Unix.
    std::uint16_t flags = 0;    ///< Bit 0: encrypted.
    std::uint16_t method = 0;   ///< 0 stored, 8 deflated.
};

/// Where and as what an entry is written.
struct PlannedEntry {
    std::vector<std::string> parts;  ///< Its path below the folder: none is empty, `.` or `..`.
    EntryKind kind = EntryKind::file;
    bool executable = false;
    std::uint64_t size = 0;
};

/// AWS's limit for a package, unpacked.
/// Rule: docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html  Tested by: ZipEntries.SizesAreLimited
inline constexpr std::uint64_t kMostUnpackedBytes = 262'144'000;
/// The most entries, directories counted.
inline constexpr std::size_t kMostEntries = 100'000;
/// What deflate can do at best, and a little more: a zip that promises more counts bytes several times.
inline constexpr std::uint64_t kBestRatio = 1100;

/// Checks all entries of the zip file `file`, of `file_size` bytes; the plan has an item an entry, in order.
///
/// Errors: invalid for a name that is empty, absolute, leads outside, holds a NUL or occurs twice (directories may),
/// for a kind that is neither file, directory nor link, for an encrypted entry; unsupported for a way of packing that
/// is neither stored nor deflated; too_large for sizes and number of entries.
source::Result<std::vector<PlannedEntry>> check_entries(const std::vector<ZipEntry>& entries, std::uint64_t file_size,
                                                        const std::filesystem::path& file);

/// Whether a link stays inside its folder, whatever other links are there: relative, its `..` only at the begin, and no
/// more of them than the link lies deep.
bool is_inside(const PlannedEntry& link, std::string_view target);

/// What an absolute path has below `root`: with its slash, empty for `root` itself; nullopt for a path elsewhere. `..`
/// is not looked at. Tested by: ZipEntries.APathBelowARootHasItAsWholeParts
std::optional<std::string_view> find_below(std::string_view root, std::string_view path);

/// The same link where AWS unpacks to `root`, `/var/task` say, and we elsewhere: an absolute target below it becomes a
/// relative one, from the link's folder. All other targets stay as they are.
/// Tested by: ZipEntries.LinksBelowTheRootBecomeRelative
std::string to_relative_target(const PlannedEntry& link, std::string_view target, std::string_view root);

}  // namespace understudy::process

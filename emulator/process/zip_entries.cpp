#include "emulator/process/zip_entries.hpp"

#include <sys/stat.h>

#include <map>
#include <optional>
#include <utility>

namespace understudy::process {
namespace {

using source::Problem;
using source::ProblemCode;
using source::Result;

constexpr unsigned kMadeOnUnix = 3;
constexpr std::uint16_t kEncrypted = 1;
constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;
constexpr std::uint64_t kLongestLink = 4095;
constexpr std::size_t kLongestPart = 255;
/// An empty deflate stream may be packed into next to nothing; what is this small needs no ratio.
constexpr std::uint64_t kSmall = 1 << 16;

/// A name for people: without what would move a terminal's cursor, and not too long.
std::string to_shown(std::string_view name) {
    constexpr std::size_t kShown = 120;
    std::string shown = "'";
    for (const char c : name.substr(0, kShown)) shown += static_cast<unsigned char>(c) < ' ' || c == 0x7F ? '?' : c;
    return shown + (name.size() > kShown ? "…'" : "'");
}

/// The names that were planned so far, as a tree, so that an entry costs what its name is long.
class Names {
  public:
    /// False where the path is taken, or leads through something that is no directory.
    bool add(const std::vector<std::string>& parts, EntryKind kind) {
        std::size_t parent = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const bool last = i + 1 == parts.size();
            const EntryKind wanted = last ? kind : EntryKind::directory;
            const auto [found, is_new] =
                names_.try_emplace(std::pair(parent, parts[i]), Name{names_.size() + 1, wanted});
            const bool fits = found->second.kind == EntryKind::directory && wanted == EntryKind::directory;
            if (!is_new && !fits) return false;
            parent = found->second.number;
        }
        return true;
    }
    std::size_t size() const { return names_.size(); }

  private:
    struct Name {
        std::size_t number;
        EntryKind kind;
    };
    std::map<std::pair<std::size_t, std::string>, Name> names_;
};

class Check {
  public:
    explicit Check(const std::filesystem::path& file) : file_(file) {}

    Result<std::vector<PlannedEntry>> run(const std::vector<ZipEntry>& entries, std::uint64_t file_size) {
        if (entries.size() > kMostEntries) return too_many();
        std::vector<PlannedEntry> plan;
        plan.reserve(entries.size());
        std::uint64_t total = 0;
        for (const ZipEntry& entry : entries) {
            auto planned = plan_entry(entry);
            if (planned.has_error()) return planned.error();
            // Each is at most the limit here, so that the sum cannot overflow.
            total += planned->size;
            if (total > kMostUnpackedBytes) return too_big();
            plan.push_back(std::move(*planned));
        }
        if (total > kSmall && total / kBestRatio > file_size) {
            return problem(ProblemCode::invalid, "it promises more bytes than its own can hold");
        }
        return plan;
    }

  private:
    Problem problem(ProblemCode code, const std::string& what) const { return {code, file_.native() + ": " + what}; }
    Problem wrong(const ZipEntry& entry, const std::string& what) const {
        return problem(ProblemCode::invalid, "its entry " + to_shown(entry.name) + ' ' + what);
    }
    Problem too_big() const {
        return problem(ProblemCode::too_large,
                       "Unzipped size must be smaller than " + std::to_string(kMostUnpackedBytes) + " bytes")
            .with_hint("strip the binary, or leave out what the function does not need");
    }
    Problem too_many() const {
        return problem(ProblemCode::too_large, "it has more than " + std::to_string(kMostEntries) + " entries");
    }

    Result<PlannedEntry> plan_entry(const ZipEntry& entry) {
        PlannedEntry planned{.parts = {}, .kind = EntryKind::file, .executable = false, .size = entry.size};
        auto parts = split(entry);
        if (parts.has_error()) return parts.error();
        planned.parts = std::move(*parts);
        const auto kind = kind_of(entry);
        if (!kind) return wrong(entry, "is neither a file nor a folder nor a link");
        planned.kind = *kind;
        planned.executable = is_from_unix(entry) && (entry.attributes >> 16 & 0111) != 0;
        if (planned.parts.empty() && planned.kind != EntryKind::directory) return wrong(entry, "has no name");
        if (const auto packing = check_packing(entry, planned.kind); packing.has_error()) return packing.error();
        if (!names_.add(planned.parts, planned.kind)) return wrong(entry, "is there twice");
        if (names_.size() > kMostEntries) return too_many();
        return planned;
    }

    Result<std::vector<std::string>> split(const ZipEntry& entry) const {
        const std::string_view name = entry.name;
        if (name.empty()) return wrong(entry, "has no name");
        if (name.find('\0') != std::string_view::npos) return wrong(entry, "has a NUL in its name");
        if (name.front() == '/') return wrong(entry, "has an absolute path");
        std::vector<std::string> parts;
        for (std::size_t begin = 0; begin < name.size();) {
            const std::size_t end = std::min(name.find('/', begin), name.size());
            const std::string_view part = name.substr(begin, end - begin);
            if (part == "..") return wrong(entry, "leads out of its folder");
            if (part.size() > kLongestPart) return wrong(entry, "has too long a name");
            if (!part.empty() && part != ".") parts.emplace_back(part);
            begin = end + 1;
        }
        return parts;
    }

    Result<void> check_packing(const ZipEntry& entry, EntryKind kind) const {
        if ((entry.flags & kEncrypted) != 0) return wrong(entry, "is encrypted");
        if (entry.method != kStored && entry.method != kDeflated) {
            return problem(ProblemCode::unsupported,
                           "its entry " + to_shown(entry.name) + " is packed by method " + std::to_string(entry.method))
                .with_hint("pack it with deflate, as zip does");
        }
        if (kind == EntryKind::directory && entry.size != 0) return wrong(entry, "is a folder with content");
        if (kind == EntryKind::link && entry.size > kLongestLink) return wrong(entry, "is too long for a link");
        if (entry.size > kMostUnpackedBytes) return too_big();
        if (entry.method == kStored && entry.size != entry.packed_size) return wrong(entry, "has two sizes");
        if (entry.size > kSmall && entry.size / kBestRatio > entry.packed_size) {
            return wrong(entry, "promises more bytes than its own can hold");
        }
        return {};
    }

    static bool is_from_unix(const ZipEntry& entry) { return entry.made_by >> 8 == kMadeOnUnix; }

    /// nullopt for devices, sockets and pipes.
    static std::optional<EntryKind> kind_of(const ZipEntry& entry) {
        if (entry.name.ends_with('/')) return EntryKind::directory;
        if (!is_from_unix(entry)) return EntryKind::file;
        switch (entry.attributes >> 16 & S_IFMT) {
            case 0:
            case S_IFREG:
                return EntryKind::file;
            case S_IFDIR:
                return EntryKind::directory;
            case S_IFLNK:
                return EntryKind::link;
            default:
                return {};
        }
    }

    const std::filesystem::path& file_;
    Names names_;
};

}  // namespace

Result<std::vector<PlannedEntry>> check_entries(const std::vector<ZipEntry>& entries, std::uint64_t file_size,
                                                const std::filesystem::path& file) {
    return Check(file).run(entries, file_size);
}

std::optional<std::string_view> find_below(std::string_view root, std::string_view path) {
    if (!path.starts_with(root)) return std::nullopt;
    path.remove_prefix(root.size());
    return path.empty() || path.front() == '/' ? std::optional(path) : std::nullopt;
}

std::string to_relative_target(const PlannedEntry& link, std::string_view target, std::string_view root) {
    const auto below = find_below(root, target);
    if (!below) return std::string(target);
    std::string relative = ".";
    for (std::size_t depth = 1; depth < link.parts.size(); ++depth) relative += "/..";
    return relative.append(*below);
}

bool is_inside(const PlannedEntry& link, std::string_view target) {
    if (target.empty() || target.front() == '/' || target.find('\0') != std::string_view::npos) return false;
    std::size_t up = 0;
    bool down = false;
    for (std::size_t begin = 0; begin < target.size();) {
        const std::size_t end = std::min(target.find('/', begin), target.size());
        const std::string_view part = target.substr(begin, end - begin);
        if (part == "..") {
            // Behind a name that is itself a link it would leave that link's target, wherever it lies.
            if (down || ++up >= link.parts.size()) return false;
        } else if (!part.empty() && part != ".") {
            down = true;
        }
        begin = end + 1;
    }
    return true;
}

}  // namespace understudy::process

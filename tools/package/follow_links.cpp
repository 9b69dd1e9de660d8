#include "tools/package/follow_links.hpp"

#include "emulator/process/zip.hpp"
#include "emulator/process/zip_entries.hpp"

#include <algorithm>
#include <vector>

namespace understudy::package {
namespace {

constexpr int kMostLinks = 40;
/// More than any path has; a package is untrusted, and each part is looked for among all its files.
constexpr int kMostParts = 4096;

/// The parts of a path that are still to be gone, the next one last.
class Way {
  public:
    void add(std::string_view path) {
        std::vector<std::string> parts;
        for (std::size_t begin = 0; begin < path.size();) {
            const std::size_t end = std::min(path.find('/', begin), path.size());
            const std::string_view part = path.substr(begin, end - begin);
            if (!part.empty() && part != ".") parts.emplace_back(part);
            begin = end + 1;
        }
        parts_.insert(parts_.end(), parts.rbegin(), parts.rend());
    }
    bool is_done() const { return parts_.empty(); }
    std::string take() {
        std::string part = std::move(parts_.back());
        parts_.pop_back();
        return part;
    }

  private:
    std::vector<std::string> parts_;
};

class Walk {
  public:
    explicit Walk(const Package& package) : package_(package) {}

    std::variant<const PackageFile*, LostLink> run(std::string_view path) {
        way_.add(path);
        while (!way_.is_done()) {
            if (auto reason = go(way_.take()); !reason.empty()) return lose(std::move(reason));
        }
        if (const PackageFile* found = package_.find(at_)) return found;
        return lose(is_at_folder() ? "leads to a folder" : tell_missing());
    }

  private:
    LostLink lose(std::string reason) const { return {link_, std::move(reason)}; }
    std::string tell_missing() const { return "leads to '" + at_ + "', which the package does not have"; }
    std::string tell_outside() const { return "leads to " + target_ + ", outside the package"; }
    bool is_at_folder() const {
        return at_.empty() || std::ranges::any_of(package_.files, [&](const PackageFile& file) {
                   return file.path.size() > at_.size() && file.path[at_.size()] == '/' && file.path.starts_with(at_);
               });
    }

    /// One part further; why not, in words.
    std::string go(const std::string& part) {
        if (++parts_ > kMostParts) return "leads round in a circle";
        if (!is_at_folder()) return tell_missing();
        if (part == "..") {
            if (at_.empty()) return tell_outside();
            at_.erase(at_.find('/') == std::string::npos ? 0 : at_.rfind('/'));
            return {};
        }
        const std::string next = at_.empty() ? part : at_ + '/' + part;
        const PackageFile* found = package_.find(next);
        if (found == nullptr || found->link.empty()) {
            at_ = next;
            return {};
        }
        return enter(*found);
    }

    std::string enter(const PackageFile& link) {
        link_ = link.path;
        target_ = link.link;
        if (++links_ > kMostLinks) return "leads round in a circle";
        std::string_view target = target_;
        if (target.starts_with('/')) {
            const auto below = process::find_below(process::kTaskRoot, target);
            if (!below) return tell_outside();
            target = *below;
            at_.clear();
        }
        way_.add(target);
        return {};
    }

    const Package& package_;
    Way way_;
    std::string at_;  ///< Where the walk has come to: a path without links.
    std::string link_, target_;
    int links_ = 0, parts_ = 0;
};

}  // namespace

std::variant<const PackageFile*, LostLink> follow(const Package& package, std::string_view path) {
    return Walk(package).run(path);
}

const PackageFile* find_followed(const Package& package, std::string_view path) {
    const auto followed = follow(package, path);
    const auto* found = std::get_if<const PackageFile*>(&followed);
    return found == nullptr ? nullptr : *found;
}

}  // namespace understudy::package

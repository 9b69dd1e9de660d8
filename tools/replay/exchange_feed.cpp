#include "tools/replay/exchange_feed.hpp"

#include "tools/replay/subject.hpp"

#include <filesystem>
#include <utility>

namespace understudy::replay {

using NextSelected = source::Result<std::shared_ptr<const Selected>>;

Place Selected::place() const {
    return {number, recorded.file, recorded.line, exchange().id, to_subject(exchange()).text()};
}

source::Problem ExchangeFeed::fail(const source::Problem& problem) {
    failed_ = true;
    given_ = limit_;
    return problem;
}

/// A file of a folder is left out; one that was asked for by its name ends everything.
source::Result<void> ExchangeFeed::give_up(const source::Problem& problem) {
    source_ = {};
    if (asked_ == Asked::by_name) return problem;
    notes_.warnings.push_back(problem);
    ++notes_.broken_files;
    return {};
}

source::Result<void> ExchangeFeed::open_next() {
    const File file = std::move(pending_.front());
    pending_.pop_front();
    asked_ = file.asked;
    std::error_code error;
    if (std::filesystem::is_directory(file.path, error)) {
        const auto files = list_recorded_files(file.path);
        if (!files) return files.error();
        for (auto at = files->rbegin(); at != files->rend(); ++at) pending_.push_front({*at, Asked::with_folder});
        return {};
    }
    auto opened = open_source(file.path, notes_);
    if (!opened && asked_ == Asked::with_folder && opened.error().code() == source::ProblemCode::invalid) {
        // JSON that holds no events is whole.
        notes_.warnings.push_back(opened.error());
        return {};
    }
    if (!opened) return give_up(opened.error());
    source_ = std::move(*opened);
    return {};
}

NextSelected ExchangeFeed::find_next() {
    while (given_ < limit_) {
        if (!source_) {
            if (pending_.empty()) break;
            if (const auto opened = open_next(); !opened) return fail(opened.error());
            continue;
        }
        auto recorded = source_();
        if (!recorded) {
            if (const auto left_out = give_up(recorded.error()); !left_out) return fail(left_out.error());
            continue;
        }
        if (!*recorded) {
            source_ = {};
            continue;
        }
        const auto number = ++read_;
        ids_.look_at((*recorded)->exchange);
        if (!is_selected((*recorded)->exchange, rules_)) continue;
        ++given_;
        return std::make_shared<const Selected>(Selected{std::move(**recorded), number});
    }
    return std::shared_ptr<const Selected>();
}

NextSelected ExchangeFeed::peek() {
    if (!peeked_) peeked_ = find_next();
    return *peeked_;
}

NextSelected ExchangeFeed::next() {
    if (!peeked_) return find_next();
    auto next = std::move(*peeked_);
    peeked_.reset();
    return next;
}

std::vector<std::string> ExchangeFeed::tell_missing_ids() const {
    const bool all_read = pending_.empty() && !source_ && !failed_;
    return all_read ? ids_.tell_missing() : std::vector<std::string>();
}

source::Result<std::uint64_t> find_sample_bound(const std::vector<std::string>& files, const SelectionRules& rules,
                                                std::uint64_t count) {
    SelectionRules of_all = rules;
    of_all.shards = 1;
    ExchangeFeed feed(files, std::move(of_all), ~std::uint64_t{0});
    SampleBound bound(count);
    while (true) {
        const auto next = feed.next();
        if (!next) return next.error();
        if (!*next) return bound.most_hash();
        bound.add(to_sample_hash((*next)->exchange()));
    }
}

}  // namespace understudy::replay

#include "tools/replay/exchange_feed.hpp"

#include "tools/replay/subject.hpp"

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

NextSelected ExchangeFeed::find_next() {
    while (given_ < limit_) {
        if (!source_) {
            if (opened_ == files_.size()) break;
            auto opened = open_source(files_[opened_++], notes_);
            if (!opened) return fail(opened.error());
            source_ = std::move(*opened);
        }
        auto recorded = source_();
        if (!recorded) {
            return fail(recorded.error());
        }
        if (!*recorded) {
            source_ = {};
            continue;
        }
        const auto number = ++read_;
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

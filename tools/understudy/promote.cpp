#include "tools/replay/promote.hpp"

#include "tools/understudy/commands.hpp"
#include "tools/understudy/replay_setup.hpp"

#include <iostream>
#include <memory>
#include <utility>
#include <vector>

namespace understudy::cli {
namespace {

constexpr int kWritten = 0, kUnusableRecording = 2;

}  // namespace

int promote(const PromoteOptions& options) {
    auto schema = read_schema(options.schema);
    for (const auto& problem : schema.problems) std::cerr << "understudy promote: " << problem << '\n';
    if (!schema.problems.empty()) return kUnusableRecording;
    replay::ExchangeFeed feed(options.files, options.selection, options.limit);
    std::vector<std::shared_ptr<const replay::Selected>> exchanges;
    while (true) {
        auto next = feed.next();
        if (!next) {
            std::cerr << "understudy promote: " << next.error() << '\n';
            return kUnusableRecording;
        }
        if (*next == nullptr) break;
        exchanges.push_back(std::move(*next));
    }
    for (const auto& warning : feed.warnings()) std::cerr << "warning: " << warning << '\n';
    if (exchanges.empty()) {
        std::cerr << "understudy promote: of " << feed.read() << " exchanges none is selected\n";
        return kUnusableRecording;
    }
    const replay::PromoteRules rules{to_schema_files(options.schema), std::move(schema.descriptors), options.command,
                                     options.front};
    std::cout << replay::to_scenario(exchanges, rules);
    return kWritten;
}

}  // namespace understudy::cli

#include "tools/replay/promote.hpp"

#include "tools/replay/subject.hpp"
#include "tools/understudy/commands.hpp"
#include "tools/understudy/replay_setup.hpp"

#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace understudy::cli {
namespace {

constexpr int kWritten = 0, kUnusableRecording = 2;

}  // namespace

int promote(const PromoteOptions& options) {
    auto schema = read_schema(options.schema);
    for (const auto& problem : schema.problems) tell_problem(problem);
    if (!schema.problems.empty()) return kUnusableRecording;
    replay::ExchangeFeed feed(options.files, options.selection, options.limit);
    std::vector<std::shared_ptr<const replay::Selected>> exchanges;
    std::vector<std::string> unfinished;
    while (true) {
        auto next = feed.next();
        if (!next) {
            tell_problem(next.error());
            return kUnusableRecording;
        }
        if (*next == nullptr) break;
        if (replay::is_unfinished((*next)->exchange())) {
            unfinished.push_back((*next)->exchange().id);
            continue;
        }
        exchanges.push_back(std::move(*next));
    }
    for (const auto& warning : feed.warnings()) std::cerr << "warning: " << warning << '\n';
    for (const auto& missing : feed.tell_missing_ids()) std::cerr << "understudy promote: " << missing << '\n';
    for (const auto& id : unfinished) {
        std::cerr << "understudy promote: the exchange " << id
                  << " is left out: it was refused before its request was whole\n";
    }
    if (exchanges.empty() && !unfinished.empty()) return kUnusableRecording;
    if (exchanges.empty()) {
        std::cerr << "understudy promote: of " << feed.read() << " exchanges none is selected\n";
        return kUnusableRecording;
    }
    const replay::PromoteRules rules{to_schema_files(options.schema), std::move(schema.descriptors), options.command,
                                     options.front};
    std::cout << replay::to_scenario(exchanges, rules);
    return feed.is_whole() ? kWritten : kUnusableRecording;
}

}  // namespace understudy::cli

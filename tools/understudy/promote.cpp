#include "tools/replay/promote.hpp"

#include "emulator/files/write_file.hpp"
#include "tools/replay/piped_files.hpp"
#include "tools/replay/subject.hpp"
#include "tools/understudy/commands.hpp"
#include "tools/understudy/replay_setup.hpp"

#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace understudy::cli {
namespace {

namespace fs = std::filesystem;
using replay::PromoteGroup;
using replay::PromoteRules;

constexpr int kWritten = 0, kUnusableRecording = 2, kUnwritable = 3;

using Exchanges = std::vector<std::shared_ptr<const replay::Selected>>;

struct ReadExchanges {
    Exchanges whole;
    std::vector<std::string> unfinished;  ///< The ids of those that a front door refused before it had them whole.
};

/// Errors: those of the feed.
source::Result<ReadExchanges> read_exchanges(replay::ExchangeFeed& feed) {
    ReadExchanges read;
    while (true) {
        auto next = feed.next();
        if (!next) return next.error();
        if (*next == nullptr) return read;
        const auto& exchange = (*next)->exchange();
        if (replay::is_unfinished(exchange))
            read.unfinished.push_back(exchange.id);
        else
            read.whole.push_back(std::move(*next));
    }
}

void tell_what_is_missing(const replay::ExchangeFeed& feed, const ReadExchanges& read) {
    for (const auto& warning : feed.warnings()) std::cerr << "warning: " << warning << '\n';
    for (const auto& missing : feed.tell_missing_ids()) std::cerr << "understudy promote: " << missing << '\n';
    for (const auto& id : read.unfinished) {
        std::cerr << "understudy promote: the exchange " << id
                  << " is left out: it was refused before its request was whole\n";
    }
}

/// A path as a file in the folder names it.
std::string to_path_from(const std::string& folder, const std::string& path) {
    std::error_code error;
    if (path.empty() || fs::path(path).is_absolute()) return path;
    const auto relative = fs::proximate(fs::absolute(path, error), fs::absolute(folder, error), error).string();
    return error ? path : relative;
}

/// The paths of scenarios begin at their own folder.
PromoteRules rules_in(const std::string& folder, PromoteRules rules) {
    for (auto& path : rules.schema.import_paths) path = to_path_from(folder, path);
    rules.schema.descriptor_set = to_path_from(folder, rules.schema.descriptor_set);
    rules.template_file = to_path_from(folder, rules.template_file);
    if (rules.command.empty() || rules.command.front().find('/') == std::string::npos) return rules;
    auto& program = rules.command.front();
    program = to_path_from(folder, program);
    if (program.find('/') == std::string::npos) program.insert(0, "./");
    return rules;
}

/// Whether all were written. What is there already stays.
bool write_files(const std::string& folder, const std::vector<PromoteGroup>& groups, const PromoteRules& given) {
    const auto rules = rules_in(folder, given);
    for (const auto& group : groups) {
        const auto name = replay::to_group_name(group, rules);
        auto path = fs::path(folder) / (name + ".yaml");
        for (int number = 2; fs::exists(path); ++number)
            path = fs::path(folder) / (name + '-' + std::to_string(number) + ".yaml");
        if (const auto written = files::write_file(path.string(), replay::to_scenario(group, rules)); !written) {
            std::cerr << "understudy promote: " << written.error().message() << '\n';
            return false;
        }
        std::cout << path.string() << '\n';
    }
    return true;
}

std::string count_exchanges(std::size_t exchanges) {
    return std::to_string(exchanges) + (exchanges == 1 ? " exchange" : " exchanges");
}

/// A scenario has one front door, and stdout one scenario.
void write_first(const std::vector<PromoteGroup>& groups, const PromoteRules& rules) {
    std::cout << replay::to_scenario(groups.front(), rules);
    if (groups.size() == 1) return;
    std::cerr << "understudy promote: the scenario has " << count_exchanges(groups.front().size()) << " of the "
              << replay::to_group_text(groups.front(), rules) << "; left out because they came another way:\n";
    for (std::size_t i = 1; i < groups.size(); ++i)
        std::cerr << "  " << count_exchanges(groups[i].size()) << " of the " << replay::to_group_text(groups[i], rules)
                  << '\n';
    std::cerr << "  --output FOLDER writes a scenario for each, --filter and --function choose others\n";
}

}  // namespace

int promote(const PromoteOptions& options) {
    auto schema = read_schema(options.schema);
    for (const auto& problem : schema.problems) tell_problem(problem);
    if (!schema.problems.empty()) return kUnusableRecording;
    auto files = options.files;
    if (const auto kept = replay::keep_piped_files(files); !kept) {
        tell_problem(kept.error());
        return kUnusableRecording;
    }
    replay::ExchangeFeed feed(std::move(files), options.selection, options.limit);
    const auto read = read_exchanges(feed);
    if (!read) {
        tell_problem(read.error());
        return kUnusableRecording;
    }
    tell_what_is_missing(feed, *read);
    const Exchanges& exchanges = read->whole;
    if (exchanges.empty() && !read->unfinished.empty()) return kUnusableRecording;
    if (exchanges.empty()) {
        std::cerr << "understudy promote: of " << feed.read() << " exchanges none is selected\n";
        return kUnusableRecording;
    }
    const PromoteRules rules{to_schema_files(options.schema), std::move(schema.descriptors), options.command,
                             options.front, options.template_file};
    const auto groups = replay::to_groups(exchanges, rules);
    if (options.output_folder.empty())
        write_first(groups, rules);
    else if (!write_files(options.output_folder, groups, rules))
        return kUnwritable;
    return feed.is_whole() ? kWritten : kUnusableRecording;
}

}  // namespace understudy::cli

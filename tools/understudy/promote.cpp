#include "tools/replay/promote.hpp"

#include "emulator/files/write_file.hpp"
#include "emulator/source/printable.hpp"
#include "tools/replay/piped_files.hpp"
#include "tools/replay/promote_obstacle.hpp"
#include "tools/replay/promote_paths.hpp"
#include "tools/understudy/application_loader.hpp"
#include "tools/understudy/commands.hpp"
#include "tools/understudy/console.hpp"
#include "tools/understudy/replay_setup.hpp"
#include "tools/understudy/sam_config.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace understudy::cli {
namespace {

namespace fs = std::filesystem;
using replay::PromoteGroup;
using replay::PromoteRules;

/// kUnusable: a recording, or the template.
constexpr int kWritten = 0, kUnusable = 2, kUnwritable = 3;

using Exchanges = std::vector<std::shared_ptr<const replay::Selected>>;

/// An exchange of which no scenario can be made.
struct LeftOut {
    std::string id;
    std::string reason;
};

struct ReadExchanges {
    Exchanges usable;
    std::vector<LeftOut> left_out;
};

/// Errors: those of the feed.
source::Result<ReadExchanges> read_exchanges(replay::ExchangeFeed& feed, const PromoteRules& rules) {
    ReadExchanges read;
    while (true) {
        auto next = feed.next();
        if (!next) return next.error();
        if (*next == nullptr) return read;
        if (auto reason = replay::find_promote_obstacle(**next, rules); !reason.empty())
            read.left_out.push_back({(*next)->exchange().id, std::move(reason)});
        else
            read.usable.push_back(std::move(*next));
    }
}

void tell_what_is_missing(const replay::ExchangeFeed& feed, const ReadExchanges& read) {
    for (const auto& warning : feed.warnings()) std::cerr << "warning: " << warning << '\n';
    for (const auto& missing : feed.tell_missing_ids())
        std::cerr << "understudy promote: " << source::to_printable(missing) << '\n';
    for (const auto& [id, reason] : read.left_out) {
        std::cerr << source::to_printable("understudy promote: the exchange " + id + " is left out: it " + reason)
                  << '\n';
    }
}

/// Whether all were written. What is there already stays.
bool write_files(const std::string& folder, const std::vector<PromoteGroup>& groups, const PromoteRules& given) {
    const auto rules = replay::rules_in(folder, given);
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

/// The folder of the file that standard output goes to, as the shell's `>` has it; empty where it is none.
std::string find_output_folder() {
    struct stat written {
    }, named{};
    if (::fstat(STDOUT_FILENO, &written) != 0 || !S_ISREG(written.st_mode)) return {};
    std::error_code error;
    const auto path = fs::read_symlink("/proc/self/fd/1", error);
    if (error || ::stat(path.c_str(), &named) != 0 || named.st_ino != written.st_ino || named.st_dev != written.st_dev)
        return {};
    return path.parent_path().string();
}

std::string count_exchanges(std::size_t exchanges) {
    return std::to_string(exchanges) + (exchanges == 1 ? " exchange" : " exchanges");
}

/// A scenario has one front door.
void tell_left_out(const std::vector<PromoteGroup>& groups, const PromoteRules& rules) {
    if (groups.size() == 1) return;
    std::cerr << "understudy promote: the scenario has " << count_exchanges(groups.front().size()) << " of the "
              << replay::to_group_text(groups.front(), rules) << "; left out because they came another way:\n";
    for (std::size_t i = 1; i < groups.size(); ++i)
        std::cerr << "  " << count_exchanges(groups[i].size()) << " of the " << replay::to_group_text(groups[i], rules)
                  << '\n';
    std::cerr << "  --output FOLDER writes a scenario for each, --filter and --function choose others\n";
}

void print_first(const std::vector<PromoteGroup>& groups, const PromoteRules& given) {
    const auto folder = find_output_folder();
    const auto rules = folder.empty() ? given : replay::rules_in(folder, given);
    std::cout << replay::to_scenario(groups.front(), rules);
    tell_left_out(groups, rules);
}

bool is_file_name(const std::string& output) {
    std::error_code error;
    const auto extension = fs::path(output).extension();
    return (extension == ".yaml" || extension == ".yml") && !fs::is_directory(output, error);
}

/// Whether it was written. A file that is there stays.
bool write_first(const std::string& file, const std::vector<PromoteGroup>& groups, const PromoteRules& given) {
    if (fs::exists(file)) {
        std::cerr << "understudy promote: '" << file << "' is there already: name another file, or a folder\n";
        return false;
    }
    const auto folder = fs::path(file).parent_path().string();
    const auto rules = replay::rules_in(folder.empty() ? "." : folder, given);
    if (const auto written = files::write_file(file, replay::to_scenario(groups.front(), rules)); !written) {
        std::cerr << "understudy promote: " << written.error().message() << '\n';
        return false;
    }
    std::cout << file << '\n';
    tell_left_out(groups, rules);
    return true;
}

/// Whether all was written.
bool write_groups(const std::string& output, const std::vector<PromoteGroup>& groups, const PromoteRules& rules) {
    if (!output.empty())
        return is_file_name(output) ? write_first(output, groups, rules) : write_files(output, groups, rules);
    print_first(groups, rules);
    return true;
}

/// What a scenario says of its template's parameters. Errors: invalid, for words that are none.
source::Result<std::map<std::string, std::string>> read_parameters(const PromoteOptions& options) {
    std::map<std::string, std::string> all;
    for (const auto& words : options.parameter_overrides) {
        auto pairs = parse_parameter_overrides(words);
        if (!pairs) return pairs.error();
        for (auto& [name, value] : *pairs) all.insert_or_assign(std::move(name), std::move(value));
    }
    return all;
}

/// Whether a scenario could serve the template; what is wrong with it is told.
bool check_template(const PromoteOptions& options) {
    ApplicationFiles files;
    files.template_file = options.template_file;
    files.parameter_overrides = options.parameter_overrides;
    ApplicationLoader loader(fs::current_path().string(), files);
    const auto loaded = loader.load({});
    if (loaded) return true;
    write_all(STDERR_FILENO, loader.render(loaded.error(), colour_of(STDERR_FILENO)));
    return false;
}

}  // namespace

int promote(const PromoteOptions& options) {
    auto schema = read_schema(options.schema);
    for (const auto& problem : schema.problems) tell_problem(problem);
    if (!schema.problems.empty()) return kUnusable;
    if (!options.template_file.empty() && !check_template(options)) return kUnusable;
    auto parameters = read_parameters(options);
    if (!parameters) {
        tell_problem(parameters.error());
        return kUnusable;
    }
    auto files = options.files;
    if (const auto kept = replay::keep_piped_files(files); !kept) {
        tell_problem(kept.error());
        return kUnusable;
    }
    const PromoteRules rules{
        to_schema_files(options.schema), std::move(schema.descriptors), options.command, options.front,
        options.template_file,           *std::move(parameters)};
    replay::ExchangeFeed feed(std::move(files), options.selection, options.limit);
    const auto read = read_exchanges(feed, rules);
    if (!read) {
        tell_problem(read.error());
        return kUnusable;
    }
    tell_what_is_missing(feed, *read);
    const Exchanges& exchanges = read->usable;
    if (exchanges.empty() && !read->left_out.empty()) return kUnusable;
    if (exchanges.empty()) {
        std::cerr << "understudy promote: of " << feed.read() << " exchanges none is selected\n";
        return kUnusable;
    }
    const auto groups = replay::to_groups(exchanges, rules);
    if (!write_groups(options.output, groups, rules)) return kUnwritable;
    return feed.is_whole() ? kWritten : kUnusable;
}

}  // namespace understudy::cli

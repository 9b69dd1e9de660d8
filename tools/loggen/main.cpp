// loggen: writes log files as LogFileGenerator does, of any size, the same for the same seed.

#include "emulator/source/suggestion.hpp"
#include "tools/loggen/arguments.hpp"
#include "tools/loggen/generator.hpp"
#include "tools/loggen/log_writer.hpp"

#include <CLI/CLI.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <exception>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace understudy::loggen;

constexpr const char* kExamples = R"(
Without --days the messages are 1 to 10 s apart, as the real generator's: about 1.8 MB a day.
With --days and --size or --count these are spread evenly over the days.

Examples:
  loggen --out logs                             100 messages from midnight of 2026-01-05 on
  loggen --out logs --days 3                    three days at the usual pace
  loggen --out logs --size 1GB --days 1         one file of 1 GB, about ten milliseconds between messages
  loggen --out logs --count 5000 --days 1 --start 2026-02-01
)";

/// More than lie between the years 0001 and 9999; the log ends with the latter anyway.
constexpr std::uint64_t kMostDays = 4'000'000;

struct Options {
    Plan plan;
    std::string start = "2026-01-05T00:00:00Z";
    std::string days, count, size;
    std::string folder;
    std::string line_end;
    bool overwrite = false;
};

/// A check that refuses a text with "'…' is " and `complaint`.
CLI::Validator to_check(bool (*accepts)(const std::string&), const std::string& complaint) {
    return CLI::Validator(
        [accepts, complaint](std::string& text) { return accepts(text) ? "" : "'" + text + "' is " + complaint; }, "");
}

bool is_start(const std::string& text) {
    return parse_start(text).has_value();
}
bool is_size(const std::string& text) {
    return parse_size(text).has_value();
}
bool is_count(const std::string& text) {
    return parse_count(text).has_value();
}
bool is_seed(const std::string& text) {
    std::uint64_t seed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
    return error == std::errc() && end == text.data() + text.size();
}
bool is_line_end(const std::string& text) {
    return text == "lf" || text == "crlf";
}

void declare(CLI::App& app, Options& options) {
    const CLI::Validator count = to_check(is_count, "no whole number above 0, such as 100");
    app.footer(kExamples);
    app.set_version_flag("--version", "loggen " UNDERSTUDY_VERSION);
    app.add_option("--out", options.folder, "Folder for the files LogFileGenerator.<yyyy-MM-dd>.log; made if missing")
        ->option_text("FOLDER (required)");
    app.add_option("--start", options.start, "Time of the first message, UTC; by default " + options.start)
        ->option_text("TIME")
        ->check(to_check(is_start, "no time such as 2026-01-05T10:00:00Z or 2026-01-05"));
    CLI::Option* size =
        app.add_option("--size", options.size, "Bytes to write: 500, 10MB, 1GB (1 KB = 1000, 1 KiB = 1024)")
            ->option_text("SIZE")
            ->check(to_check(is_size, "no size such as 500, 10MB or 1GiB"));
    app.add_option("--count", options.count, "Messages to write, instead of a size")
        ->option_text("N")
        ->check(count)
        ->excludes(size);
    app.add_option("--days", options.days, "Days to fill, from the start on")->option_text("N")->check(count);
    app.add_option("--seed", options.plan.seed, "Another seed gives other messages; by default 192837465")
        ->option_text("N")
        ->check(to_check(is_seed, "no whole number such as 42"));
    app.add_option("--line-end", options.line_end, "How lines end: lf (the default) or crlf")
        ->option_text("NAME")
        ->check(to_check(is_line_end, "neither lf nor crlf"));
    app.add_flag("--overwrite", options.overwrite, "Write over log files that are there already");
}

Plan to_plan(const Options& options) {
    Plan plan = options.plan;
    plan.start = *parse_start(options.start);
    plan.messages = parse_count(options.count);
    plan.bytes = parse_size(options.size);
    if (const auto days = parse_count(options.days)) plan.days = std::chrono::days(std::min(*days, kMostDays));
    plan.line_end = options.line_end == "crlf" ? LineEnd::crlf : LineEnd::lf;
    return plan;
}

/// A line that counts up on a terminal, once the work takes longer than a glance.
class Progress {
  public:
    void show(double share) {
        const auto now = std::chrono::steady_clock::now();
        if (!terminal_ || now < next_) return;
        next_ = now + std::chrono::milliseconds(200);
        shown_ = true;
        std::fprintf(stderr, "\r%3.0f %%", share * 100);
    }
    void end() const {
        if (shown_) std::fputs("\r     \r", stderr);
    }

  private:
    bool terminal_ = ::isatty(STDERR_FILENO) == 1;
    bool shown_ = false;
    std::chrono::steady_clock::time_point next_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(500);
};

void run(const Options& options) {
    Generator generator(to_plan(options));
    Progress progress;
    const Written written =
        write_logs(generator, options.folder, options.overwrite ? Existing::overwrite : Existing::refuse,
                   [&progress](double share) { progress.show(share); });
    progress.end();
    std::printf("%llu message%s, %llu bytes, %s to %s, in %llu file%s of %s\n",
                static_cast<unsigned long long>(written.messages), written.messages == 1 ? "" : "s",
                static_cast<unsigned long long>(written.bytes), to_text(written.first).c_str(),
                to_text(written.last).c_str(), static_cast<unsigned long long>(written.files),
                written.files == 1 ? "" : "s", options.folder.c_str());
}

/// Words that nobody gets are no success.
int end() {
    errno = 0;
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return 0;
    std::fprintf(stderr, "loggen: cannot write to standard output: %s\n", std::strerror(errno == 0 ? EIO : errno));
    return 1;
}

/// Tells what is wrong with the command line.
int refuse(const std::string& message) {
    std::fprintf(stderr, "loggen: %s\n'loggen --help' lists the options\n", message.c_str());
    return 1;
}

/// What CLI11 found wrong, and how to go on; or the help and the version, which it finds too.
int report(const CLI::App& app, const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
        std::ostringstream said;
        app.exit(error, said, std::cerr);
        std::fputs(said.str().c_str(), stdout);
        return end();
    }
    if (error.get_exit_code() != static_cast<int>(CLI::ExitCodes::ExtrasError)) return refuse(error.what());
    std::string word = app.remaining(true).front();
    const bool is_option = word.starts_with('-');
    if (is_option) word.resize(std::min(word.find('='), word.size()));
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options()) names.push_back("--" + option->get_lnames().front());
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    const std::string suggestion = understudy::source::render_suggestion(word, candidates);
    return refuse((is_option ? "there is no option '" : "unexpected argument '") + word + '\'' +
                  (suggestion.empty() ? "" : "; ") + suggestion);
}

/// `--out=` as `--out` and an empty word, which would otherwise be the word behind it. Last word first, for CLI11.
std::vector<std::string> to_words(int argc, char** argv) {
    std::vector<std::string> words(std::reverse_iterator(argv + argc), std::reverse_iterator(argv + 1));
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!words[i].starts_with("--") || words[i].find('=') + 1 != words[i].size()) continue;
        words[i].pop_back();
        words.insert(words.begin() + static_cast<std::ptrdiff_t>(i), std::string());
        ++i;
    }
    return words;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app("Writes log files as LogFileGenerator does: seeded, of any size.", "loggen");
    declare(app, options);
    if (::fcntl(STDOUT_FILENO, F_GETFD) < 0) {
        // A log file would take its place.
        std::fputs("loggen: standard output is closed; '>/dev/null' is for words that nobody reads\n", stderr);
        return 1;
    }
    try {
        app.parse(to_words(argc, argv));
        if (options.folder.empty()) return refuse("--out is required: the folder to write to");
        run(options);
        return end();
    } catch (const CLI::ParseError& error) {
        return report(app, error);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "loggen: %s\n", error.what());
        return 1;
    }
}

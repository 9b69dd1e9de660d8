#include "tools/understudy/test_watch.hpp"

#include "emulator/process/file_watch.hpp"
#include "tools/understudy/emulator_thread.hpp"
#include "tools/understudy/scenario_sources.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <system_error>
#include <utility>

namespace understudy::cli {
namespace {

namespace fs = std::filesystem;

/// How long nothing must be written before runs are made again.
constexpr std::chrono::milliseconds kQuietBeforeRuns{150};

/// Collects what has changed, in a thread of its own.
class ChangeCollector {
  public:
    explicit ChangeCollector(Interrupts& interrupts) : interrupts_(interrupts) {
        thread_.run([this] {
            watch_ = std::make_unique<process::FileWatch>(thread_.context().get_executor(), kQuietBeforeRuns,
                                                          [this](const std::vector<fs::path>& paths) { add(paths); });
        });
    }
    ~ChangeCollector() {
        thread_.run([this] { watch_.reset(); });
    }
    ChangeCollector(const ChangeCollector&) = delete;
    ChangeCollector& operator=(const ChangeCollector&) = delete;

    /// Errors: those of `FileWatch::watch`.
    source::Result<void> watch(const Paths& paths) {
        source::Result<void> watched;
        thread_.run([&] { watched = watch_->watch({paths.begin(), paths.end()}); });
        return watched;
    }

    /// Blocks until something has changed; nothing where an interrupt came.
    Paths take() {
        interrupts_.wait([this] {
            const std::lock_guard lock(mutex_);
            return !changed_.empty();
        });
        const std::lock_guard lock(mutex_);
        return std::exchange(changed_, {});
    }

  private:
    void add(const std::vector<fs::path>& paths) {
        {
            const std::lock_guard lock(mutex_);
            changed_.insert(paths.begin(), paths.end());
        }
        interrupts_.wake();
    }

    Interrupts& interrupts_;
    EmulatorThread thread_;
    std::unique_ptr<process::FileWatch> watch_;
    std::mutex mutex_;
    Paths changed_;
};

Paths to_absolute(const std::vector<std::string>& names) {
    Paths paths;
    for (const auto& name : names) paths.insert(fs::absolute(name).lexically_normal());
    return paths;
}

bool meet(const Paths& some, const Paths& others) {
    return std::any_of(some.begin(), some.end(), [&](const fs::path& path) { return others.contains(path); });
}

/// What is known of the scenarios from one change to the next.
class TestWatch {
  public:
    TestWatch(TestRuns& test, const TestOptions& options, Interrupts& interrupts, process::Orphans& orphans)
        : test_(test), options_(options), interrupts_(interrupts), orphans_(orphans), changes_(interrupts) {}

    int run();

  private:
    void load();
    bool concerns(const Paths& changed) const;
    void make(const Paths& changed);

    TestRuns& test_;
    const TestOptions& options_;
    Interrupts& interrupts_;
    process::Orphans& orphans_;
    ChangeCollector changes_;
    bool readable_ = false;
    bool is_misused_ = false;  ///< A report would be written over what is read.
    std::map<const scenario::Scenario*, Paths> sources_;
    Paths watched_;
    Paths files_;    ///< Scenario files there are.
    Paths pending_;  ///< Changes that could not be looked at, because something could not be read.
};

void TestWatch::load() {
    const auto loaded = test_.load();
    readable_ = loaded == scenario::ExitCode::passed;
    is_misused_ = loaded == scenario::ExitCode::usage;
    const auto found = scenario::find_scenario_files(options_.paths);
    const auto before = std::exchange(files_, found ? to_absolute(*found) : Paths());
    for (const auto& file : files_) {
        if (!before.contains(file)) pending_.insert(file);
    }
    if (readable_) watched_.clear();
    watched_.insert(files_.begin(), files_.end());
    watched_.merge(to_absolute(options_.paths));
    watched_.merge(find_sources(test_.problems()));
    sources_.clear();
    for (const auto& scenario : test_.scenarios()) {
        const auto& sources = sources_[&scenario] = find_sources(scenario);
        watched_.insert(sources.begin(), sources.end());
    }
    if (const auto watching = changes_.watch(watched_); !watching)
        std::cerr << "understudy test: " << watching.error() << '\n';
}

// A folder is watched for new files in it; whatever else happens there concerns nobody.
bool TestWatch::concerns(const Paths& changed) const {
    const auto found = scenario::find_scenario_files(options_.paths);
    if (!found || to_absolute(*found) != files_) return true;
    return std::any_of(changed.begin(), changed.end(), [](const fs::path& path) {
        std::error_code error;
        return !fs::is_directory(path, error);
    });
}

void TestWatch::make(const Paths& changed) {
    if (!readable_) return;
    auto runs = test_.choose();
    if (!runs) {
        std::cerr << "understudy test: " << runs.error() << '\n';
        return;
    }
    std::erase_if(*runs, [&](const scenario::PlannedRun& run) { return !meet(sources_.at(run.scenario), changed); });
    if (!runs->empty()) test_.run(*runs);
}

int TestWatch::run() {
    while (!interrupts_.came()) {
        load();
        if (is_misused_) return static_cast<int>(scenario::ExitCode::usage);
        const auto changed = readable_ ? std::exchange(pending_, {}) : Paths();
        make(changed);
        orphans_.reap();  // What it sees ended now goes after the next round.
        if (interrupts_.came()) break;
        std::cerr << "waiting for changes of " << watched_.size() << " files; Ctrl-C ends" << std::endl;
        Paths next;
        do next = changes_.take();
        while (!interrupts_.came() && !concerns(next));
        pending_.merge(next);
    }
    return Interrupts::kExitCode;
}

}  // namespace

int watch_tests(TestRuns& test, const TestOptions& options, Interrupts& interrupts, process::Orphans& orphans) {
    return TestWatch(test, options, interrupts, orphans).run();
}

}  // namespace understudy::cli

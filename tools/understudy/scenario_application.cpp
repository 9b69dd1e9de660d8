#include "tools/understudy/scenario_application.hpp"

#include "emulator/process/program.hpp"

#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <utility>

namespace understudy::cli {
namespace {

/// How long a reply's log is waited for: the function writes its last lines, and the platform REPORT, behind the reply.
constexpr std::chrono::milliseconds kLogPatience{500};

/// Keeps what functions receive and log until the scenario's thread takes it.
class ObservationKeeper : public Observer {
  public:
    void on_event(std::string_view, std::string_view event) override {
        const std::lock_guard lock(mutex_);
        observed_.events.emplace_back(event);
    }

    void on_log(std::string_view, std::string_view lines) override {
        const std::lock_guard lock(mutex_);
        while (!lines.empty()) {
            const auto end = lines.find('\n');
            reported_ += lines.starts_with("REPORT RequestId: ") ? 1 : 0;
            observed_.log.emplace_back(lines.substr(0, end));
            lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
        }
        changed_.notify_all();
    }

    void on_advice(std::string_view, std::string_view text) override {
        const std::lock_guard lock(mutex_);
        observed_.log.push_back("advice: " + std::string(text));
    }

    scenario::Observed take() {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, kLogPatience, [this] { return reported_ >= observed_.events.size(); });
        reported_ = 0;
        return std::exchange(observed_, {});
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    scenario::Observed observed_;
    std::size_t reported_ = 0;  ///< REPORT lines among them.
};

/// A scenario whose program is missing could not run: that is another thing than a reply that is not as expected.
source::Result<void> find_programs(const app::Application& application) {
    const char* path = std::getenv("PATH");
    for (const app::Function& function : application.functions) {
        const auto program =
            process::find_program(function.command.front(), path == nullptr ? "" : path, function.directory);
        if (!program) return program.error();
    }
    return {};
}

/// An emulator of its own for one scenario over one front.
class EmulatedApplication : public scenario::RunningApplication {
  public:
    explicit EmulatedApplication(EmulatorThread& thread) : thread_(thread) {}
    ~EmulatedApplication() override {
        thread_.run([this] {
            thread_.set_clean_up({});
            emulator_.reset();
        });
    }

    source::Result<void> start(const app::Application& application) {
        if (const auto found = find_programs(application); !found) return found.error();
        std::optional<source::Result<Endpoints>> endpoints;
        thread_.run([&] {
            Settings settings;
            settings.application = application;
            emulator_ = std::make_unique<Emulator>(thread_.context(), std::move(settings), observed_);
            thread_.set_clean_up([this] { emulator_.reset(); });
            endpoints = emulator_->start();
        });
        if (!*endpoints) return endpoints->error();
        base_url_ = (*endpoints)->gateway;
        lambda_url_ = (*endpoints)->lambda;
        return {};
    }

    std::string base_url() const override { return base_url_; }
    std::string lambda_url() const override { return lambda_url_; }
    scenario::Observed take_observed() override { return observed_.take(); }

  private:
    EmulatorThread& thread_;
    ObservationKeeper observed_;
    std::unique_ptr<Emulator> emulator_;
    std::string base_url_;
    std::string lambda_url_;
};

}  // namespace

source::Result<std::unique_ptr<scenario::RunningApplication>> start_application(EmulatorThread& thread,
                                                                                const app::Application& application) {
    auto running = std::make_unique<EmulatedApplication>(thread);
    if (const auto started = running->start(application); !started) return started.error();
    return std::unique_ptr<scenario::RunningApplication>(std::move(running));
}

}  // namespace understudy::cli

#pragma once

#include "emulator/app/application.hpp"
#include "emulator/net/invoker.hpp"
#include "emulator/net/recorder.hpp"
#include "emulator/running_function.hpp"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace understudy {

/// All functions of an application at work, by name, each version in environments of its own. A new set of functions
/// takes over without losing an invocation.
///
/// Lifetime: what `make` refers to outlives it.
class RunningFunctions {
  public:
    using Make = std::function<std::shared_ptr<RunningFunction>(const app::Function&, const std::string& version)>;
    /// The names of those whose new environment could not be initialised; empty: the new functions have taken over.
    using OnReplaced = std::function<void(const std::vector<std::string>& failed)>;

    explicit RunningFunctions(Make make) : make_(std::move(make)) {}

    /// From here on each invocation that belongs to an exchange is recorded.
    void record(std::shared_ptr<net::Recorder> recorder) { recorder_ = std::move(recorder); }

    /// The first set of functions. No environment is started before its first invocation.
    void start(const std::vector<app::Function>& functions);

    /// Null where there is no function of that name.
    const app::Function* find(const std::string& name) const;
    /// Whether the function's reserved concurrency is used up, so that the next invocation is throttled.
    /// Precondition: there is a function of that name.
    bool is_throttled(const std::string& name) const;
    /// Throttled beyond the function's reserved concurrency.
    /// Precondition: there is a function of that name, and `invocation.version` is one of its versions.
    void invoke(const std::string& name, lambda::Invocation&& invocation, net::OnOutcome done);
    /// The same for a reply that is taken as it is written.
    void invoke_streamed(const std::string& name, lambda::Invocation&& invocation,
                         std::shared_ptr<net::StreamSink> sink);

    /// Initialises an environment of each function that is new, differs, or is named in `rebuilt`, and of each of its
    /// versions that was at work; when all have succeeded, calls `done` and these functions take over, the others stay
    /// as they are, and the old ones end what they run. When one has failed, everything stays as it was.
    /// Those named in `unready` take over without.
    /// Precondition: no replacement is under way.
    void replace(const std::vector<app::Function>& functions, const std::set<std::string>& rebuilt,
                 const std::set<std::string>& unready, OnReplaced done);

    /// The names of those of which a version is stranded (`RunningFunction::is_stranded`).
    std::vector<std::string> find_stranded() const;

    /// Those that a replacement has left behind, and whose environments are not all gone.
    std::vector<app::Function> leaving() const;
    /// From here on it is told when the environments of one of those are gone.
    void on_left(std::function<void()> told) { on_left_ = std::move(told); }

    /// Answers whoever waits with an error and kills every environment, of old functions too.
    void stop();

  private:
    using Versions = std::map<std::string, std::shared_ptr<RunningFunction>>;
    struct Entry {
        app::Function function;
        std::shared_ptr<Versions> versions;  ///< Those that have been invoked; shared by what a replacement keeps.
    };
    using Entries = std::map<std::string, Entry>;
    struct Replacement;

    static bool is_throttled(const Entry& entry);
    /// The version at work; null where the function's concurrency is used up.
    RunningFunction* find_free(const std::string& name, const std::string& version);
    std::shared_ptr<Versions> make_versions(const app::Function& function) const;
    void on_warm(const std::string& name, const std::string& version, bool succeeded);
    void take_over();
    void retire(const std::shared_ptr<RunningFunction>& function);

    Make make_;
    std::shared_ptr<net::Recorder> recorder_;
    Entries entries_;
    std::shared_ptr<Replacement> replacement_;
    std::vector<std::shared_ptr<RunningFunction>> retiring_;
    std::function<void()> on_left_;
};

}  // namespace understudy

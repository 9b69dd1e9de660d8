#pragma once

#include "emulator/emulator.hpp"
#include "emulator/record/exchange.hpp"
#include "tools/understudy/replay_options.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace understudy::cli {

/// Functions as they were in the sessions of a recording: with the variables that were recorded, but for redacted ones,
/// behind those that the user or the template gives; a command's also with its handler, timeout and memory, where no
/// option says them.
/// Tested by: RecordedEnvironments.*
class RecordedEnvironments {
  public:
    /// `recorded_function`: the one that a command stands in for.
    RecordedEnvironments(app::Application application, const ReplayOptions& options, std::string recorded_function);

    using FrontsOf = std::function<std::vector<app::Api>(const record::Session* session)>;
    /// From now on its APIs are those that `fronts_of` gives for the session. `current`: the session whose APIs the
    /// application has now.
    void change_fronts(const std::shared_ptr<const record::Session>& current, FrontsOf fronts_of);

    /// The application of a session; what it says of none, or where nobody asks for it, is the user's.
    app::Application of(const record::Session* session) const;
    /// The same, where its functions or APIs are others than those of the last one that this gave, the user's being the
    /// first.
    std::optional<app::Application> change_to(const std::shared_ptr<const record::Session>& session);

  private:
    app::Application application_;
    const ReplayOptions& options_;
    std::string recorded_function_;
    std::shared_ptr<const record::Session> session_;
    std::vector<app::Function> functions_;
    FrontsOf fronts_of_;
    std::vector<record::Api> apis_;
};

/// Emulators that go from session to session, once nothing is under way.
class SessionSwitch {
  public:
    struct Served {
        Emulator* emulator;
        RecordedEnvironments environments;
    };
    explicit SessionSwitch(std::vector<Served> served) : served_(std::move(served)) {}

    /// Whether what runs is of this session. Else it is made so where nothing is in flight, and `then` is told.
    bool is_at(const std::shared_ptr<const record::Session>& session, std::size_t in_flight,
               std::function<void(source::Result<void>)> then);

  private:
    void go_on(const std::shared_ptr<const record::Session>& session, std::size_t at);

    std::vector<Served> served_;
    std::shared_ptr<const record::Session> session_;
    bool is_first_ = true;
    bool is_changing_ = false;
    std::function<void(source::Result<void>)> then_;
};

}  // namespace understudy::cli

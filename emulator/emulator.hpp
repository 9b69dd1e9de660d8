#pragma once

#include "emulator/app/application.hpp"
#include "emulator/lambda/disturbance.hpp"
#include "emulator/observer.hpp"
#include "emulator/settings.hpp"
#include "emulator/source/problem.hpp"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace boost::asio {
class io_context;
}

namespace understudy {

/// Where a started emulator answers. URLs have no slash at their end.
struct Endpoints {
    struct Stage {
        std::string name;
        std::string url;
    };
    struct Api {
        std::string id;
        app::ApiKind kind;
        std::string url;   ///< Takes any client there; the stage is in it where the API has one in its paths.
        std::string name;  ///< The template's logical id, or the function's name.
        std::vector<Stage> stages = {};  ///< None of a function URL or a load balancer; `url` is that of one of them.
    };
    std::string gateway;
    std::string lambda;
    std::vector<Api> apis;
};

/// The whole emulator: an application goes in, running endpoints come out.
///
/// Thread safety: everything happens on the thread that runs `context`, which must outlive the emulator; that thread
/// must live as long as the functions' processes do.
/// Lifetime: `observer` outlives the emulator. The destructor kills what still runs; nothing is left behind.
class Emulator {
  public:
    Emulator(boost::asio::io_context& context, Settings settings, Observer& observer);
    ~Emulator();
    Emulator(const Emulator&) = delete;
    Emulator& operator=(const Emulator&) = delete;

    /// Opens every listener; they answer from now on. No environment is started before its first invocation.
    /// Errors: `ProblemCode::unreadable` for a port that is taken or an address that is not ours; `invalid` for one
    /// port for both endpoints, and for a variable that AWS would not take; `unreadable` for a recording that cannot be
    /// written.
    source::Result<Endpoints> start();

    /// Runs a function once, without going through HTTP. `done` gets the function's bytes and whether they are an
    /// error.
    struct Result {
        std::string payload;
        bool function_error = false;
        bool streamed = false;          ///< The payload came in pieces.
        std::string stream_error = {};  ///< The error document behind a streamed payload.
        std::string error_type = {};    ///< As the function posted it.
    };
    void invoke(const std::string& function, std::string event, std::function<void(Result)> done);
    /// The same with what else an invocation carries; what is empty is made up, or left out where AWS may leave it out.
    struct Call {
        std::string event;
        std::string request_id = {};
        std::string trace = {};           ///< `Root=…;Parent=…;Sampled=…`
        std::string client_context = {};  ///< JSON.
        std::string identity = {};        ///< JSON.
        std::string tenant = {};
        std::string function_arn = {};
        /// When its time began, in what the function reads of its deadline; unset: when it has the event.
        std::optional<std::chrono::system_clock::time_point> invoked = {};
        bool takes_stream = false;  ///< Its reply is taken as it is written, where the function streams it.
    };
    void invoke(const std::string& function, Call call, std::function<void(Result)> done);

    /// The next invocation that a request from outside asks for goes wrong like this, whichever function it is of. An
    /// authorizer's, a health check's and a destination's are no such, and an event's further attempts are not. One of
    /// kind `none` calls off what is still to come.
    void disturb_next(lambda::Disturbance disturbance);

    /// Serves another application in place of this one, on the same listeners: functions that are new, differ or are
    /// named in `rebuilt` are initialised first; then requests go to the new application, and those in flight end where
    /// they began. `done` is told once.
    /// Those named in `unready` are not initialised, since they cannot be: their calls say why.
    /// An API without an id keeps that of its predecessor of the same name. One replacement at a time.
    struct Replaced {
        source::Result<Endpoints> endpoints;         ///< Where the new APIs answer, or why everything stays as it was.
        std::vector<std::string> failed_inits = {};  ///< The functions whose init is why; none where it is another.
    };
    using OnReplaced = std::function<void(const Replaced& replaced)>;
    void replace(app::Application application, const std::set<std::string>& rebuilt,
                 const std::set<std::string>& unready, OnReplaced done);

    /// The names of those whose files are no longer those that they began with (`ChangedCode::held`) and of which no
    /// environment lives: a call of theirs runs what lies on the disk, whatever became of it.
    std::vector<std::string> find_stranded() const;

    /// The functions of earlier applications of which environments are still there: their code is in use. `told` is
    /// called whenever those of one of them are gone.
    std::vector<app::Function> leaving() const;
    void on_left(std::function<void()> told);

    /// Other keys of the issuers of tokens; they count from the next `replace` on.
    void renew_issuer_keys(std::vector<IssuerKeys> keys);

    /// Answers nobody any more, kills every process group and closes every listener. Functions with an extension in
    /// their process are told first: it waits, up to half a second, for those to end by themselves.
    void stop();

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace understudy

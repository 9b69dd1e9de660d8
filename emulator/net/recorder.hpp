#pragma once

#include "emulator/net/deadlines.hpp"
#include "emulator/net/invoker.hpp"
#include "emulator/net/responder.hpp"
#include "emulator/record/exchange.hpp"

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::net {

/// Where an exchange is seen: the front, and the API and its stage where there are any.
struct RecordedPlace {
    std::string front;
    std::string api = {};
    std::string stage = {};
    bool http2 = false;
};

/// An exchange that is under way, and what was seen of it so far.
struct ExchangeTape {
    std::uint64_t number = 0;
    record::Exchange exchange;
    Deadlines::Clock::time_point arrived;
    bool owes_response = false;  ///< The client still waits.
    std::size_t running = 0;     ///< Invocations under way.
    bool is_due = false;         ///< About to be handed on.
    bool is_over = false;        ///< Handed on.
    /// The bodies, shared with whoever sends them until the exchange is handed on.
    std::shared_ptr<const std::string> response_body;
    std::vector<std::shared_ptr<const std::string>> events;
};

/// Watches both edges: what clients and fronts, fronts and functions tell each other. An exchange is handed on when it
/// is whole, all those of one turn of the event loop together, behind their answers.
///
/// Lifetime: held by a shared pointer; those who are watched do not keep it alive.
class Recorder : public std::enable_shared_from_this<Recorder> {
  public:
    using OnRecorded = std::function<void(std::vector<record::Exchange>&&)>;

    Recorder(boost::asio::io_context& context, OnRecorded on_recorded)
        : context_(context), on_recorded_(std::move(on_recorded)) {}

    /// A request has arrived under this id. What its answer is to be given to has a `Responder::exchange`.
    Responder watch(const http::Request& request, RecordedPlace&& place, std::string id, Responder responder);
    /// What is no request, and has no answer, has arrived under this id. Returns the exchange's number.
    std::uint64_t open(RecordedPlace&& place, std::string id);
    /// A request was answered before it was whole: its head is kept, and `missing` says what was not read.
    void record_refused(const http::Request& head, RecordedPlace&& place, std::string id, http::Response response,
                        std::string missing);

    /// An invocation is on its way, under its exchange's number; a number that is over begins an exchange of its own.
    OnOutcome watch(const std::string& function, const lambda::Invocation& invocation, OnOutcome done);
    std::shared_ptr<StreamSink> watch(const std::string& function, const lambda::Invocation& invocation,
                                      std::shared_ptr<StreamSink> sink);

    /// Hands on what is under way, as far as it was seen; nothing is handed on after it.
    void finish();

    // For those who watch.
    void answer(ExchangeTape& tape);
    void end(ExchangeTape& tape, std::size_t invocation, const lambda::Outcome& outcome,
             Deadlines::Clock::time_point invoked);

  private:
    std::shared_ptr<ExchangeTape> begin(RecordedPlace&& place, std::string id);
    std::shared_ptr<ExchangeTape> find(const lambda::Invocation& invocation);
    std::size_t add(ExchangeTape& tape, const std::string& function, const lambda::Invocation& invocation);
    void settle(ExchangeTape& tape);
    void flush();

    boost::asio::io_context& context_;
    OnRecorded on_recorded_;
    std::uint64_t last_ = 0;
    std::map<std::uint64_t, std::shared_ptr<ExchangeTape>> tapes_;
    std::vector<std::uint64_t> due_;
};

}  // namespace understudy::net

#pragma once

#include "client/http_exchange.hpp"
#include "emulator/app/single_function.hpp"
#include "emulator/emulator.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace understudy {

/// What an emulator told, for tests to look at from another thread.
class Record : public Observer {
  public:
    void on_request(const AnsweredRequest& request) override;
    void on_event(std::string_view function, std::string_view request_id, std::string_view event) override;
    void on_log(std::string_view function, std::string_view lines) override;
    void on_advice(std::string_view id, std::string_view text) override;
    bool follows_ends() const override { return true; }
    void on_end(std::string_view request_id, Begun begun) override;

    std::string log() const;
    /// Waits until the log holds the text, and returns what follows it on its line. Fails the test where it never does.
    std::string wait_for_log(const std::string& text) const;
    std::vector<std::string> advice() const;
    /// Waits until what was advised meets the condition. Fails the test where it never does.
    void wait_for(const std::function<bool(const std::vector<std::string>&)>& condition) const;
    /// Waits until something was advised that holds the text.
    void wait_for_advice(const std::string& text) const;
    std::vector<int> statuses() const;
    /// Waits for the first request whose body was cut off, and returns by what.
    std::string wait_for_cut() const;
    /// What functions were given.
    std::vector<std::string> events() const;
    /// Of calls, by request id.
    std::vector<std::pair<std::string, Begun>> ends() const;

  private:
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::string log_;
    std::vector<std::string> advice_;
    std::vector<int> statuses_;
    std::vector<std::string> cuts_;
    std::vector<std::string> events_;
    std::vector<std::pair<std::string, Begun>> ends_;
};

/// The scripted handler behind one API of the given kind.
Settings scripted(app::FrontKind front);
/// The same with one environment at most: calls that follow each other meet the same one while it lives.
Settings scripted_alone(app::FrontKind front);

/// An emulator that runs in a thread of its own until the end of the test.
class Served {
  public:
    explicit Served(Settings settings);
    ~Served();

    const Endpoints& endpoints() const { return endpoints_; }
    /// Where the API, and the Lambda API, listen.
    std::uint16_t port() const;
    std::uint16_t lambda_port() const;
    const Record& record() const { return *record_; }

    /// One request to the API. Fails the test where no reply comes.
    client::Exchange ask(const client::HttpRequest& request) const;
    client::Exchange get(const std::string& target) const;
    /// `get` of `/?do=ORDER`.
    client::Exchange order(const std::string& order) const { return get("/?do=" + order); }
    /// A call of Invoke; `name` may say a qualifier too.
    client::Exchange invoke_function(const std::string& name, const std::string& payload,
                                     client::HeaderLines headers = {}) const;
    /// The same of the only function.
    client::Exchange invoke(const std::string& payload, client::HeaderLines headers = {}) const;
    /// Replaces the application; returns when that has succeeded or failed.
    source::Result<Endpoints> replace(app::Application application);
    /// Disturbs the next invocation.
    void disturb_next(lambda::Disturbance disturbance);
    void stop();
    /// Stops, and waits until nothing of it is left.
    void end();

  private:
    boost::asio::io_context context_{1};
    std::unique_ptr<Record> record_ = std::make_unique<Record>();
    std::unique_ptr<Emulator> emulator_;
    Endpoints endpoints_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{context_.get_executor()};
    std::thread thread_;
};

}  // namespace understudy

#pragma once

#include "tools/scenario/run.hpp"

#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace understudy::scenario {

/// A world without sockets: replies are written down beforehand, and each look at the clock lets a millisecond pass.
class FakeWorld {
  public:
    struct Sent {
        std::string base_url;
        http::Request request;
        std::chrono::milliseconds timeout;
    };

    World world();

    void reply(http::Response response) { replies_.push_back(std::move(response)); }
    void reply(int status, const std::string& content_type, std::string body);
    void reply_nothing(const std::string& why);
    void fail_to_start(const std::string& why) { start_problem_ = why; }
    void log(std::vector<std::string> lines) { observed_.log = std::move(lines); }
    /// What is logged for the step behind.
    void log_next(std::vector<std::string> lines) { next_.log = std::move(lines); }
    void event(std::string json) { observed_.events.push_back(std::move(json)); }

    /// Nothing can be seen of what runs.
    void hide() { hidden_ = true; }
    /// Something of what was sent never ends.
    void stay_busy() { busy_ = true; }

    const std::vector<Sent>& sent() const { return sent_; }
    const std::vector<lambda::Disturbance>& disturbances() const { return disturbances_; }
    const std::vector<std::vector<PlannedFile>>& folders() const { return folders_; }
    std::chrono::milliseconds slept() const { return slept_; }
    const std::vector<app::Application>& started() const { return started_; }
    int running() const { return running_; }

  private:
    class Running;

    std::deque<source::Result<http::Response>> replies_;
    std::string start_problem_;
    Observed observed_, next_;
    bool hidden_ = false;
    bool busy_ = false;
    std::vector<lambda::Disturbance> disturbances_;
    std::vector<std::vector<PlannedFile>> folders_;
    std::chrono::milliseconds slept_{0};
    std::vector<Sent> sent_;
    std::vector<app::Application> started_;
    int running_ = 0;
    std::chrono::steady_clock::time_point now_;
};

}  // namespace understudy::scenario

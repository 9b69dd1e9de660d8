#include "tests/tools/scenario/fake_world.hpp"

#include <utility>

namespace understudy::scenario {

using source::Problem;
using source::ProblemCode;

class FakeWorld::Running : public RunningApplication {
  public:
    explicit Running(FakeWorld& fake) : fake_(fake) { ++fake_.running_; }
    ~Running() override { --fake_.running_; }
    std::string base_url() const override { return "http://127.0.0.1:41234"; }
    std::string lambda_url() const override { return "http://127.0.0.1:41235"; }
    Observed take_observed() override { return std::exchange(fake_.observed_, {}); }

  private:
    FakeWorld& fake_;
};

void FakeWorld::reply(int status, const std::string& content_type, std::string body) {
    http::Response response;
    response.status = status;
    response.headers.add("Content-Type", content_type);
    response.body = std::move(body);
    replies_.push_back(std::move(response));
}

void FakeWorld::reply_nothing(const std::string& why) {
    replies_.push_back(Problem(ProblemCode::unreadable, why));
}

World FakeWorld::world() {
    World world;
    world.start_application =
        [this](const app::Application& application) -> source::Result<std::unique_ptr<RunningApplication>> {
        started_.push_back(application);
        if (!start_problem_.empty()) return Problem(ProblemCode::not_found, start_problem_);
        return std::unique_ptr<RunningApplication>(std::make_unique<Running>(*this));
    };
    world.send_request = [this](const std::string& base_url, const http::Request& request,
                                std::chrono::milliseconds timeout) -> source::Result<http::Response> {
        sent_.push_back({base_url, request, timeout});
        if (replies_.empty()) return Problem(ProblemCode::unreadable, "no reply was written down");
        auto reply = std::move(replies_.front());
        replies_.pop_front();
        return reply;
    };
    world.now = [this] { return now_ += std::chrono::milliseconds(1); };
    return world;
}

}  // namespace understudy::scenario

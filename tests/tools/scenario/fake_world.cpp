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
    std::optional<Observed> take_observed() override {
        auto observed = std::exchange(fake_.observed_, std::exchange(fake_.next_, {}));
        return fake_.hidden_ ? std::nullopt : std::optional(std::move(observed));
    }
    bool disturb_next(const lambda::Disturbance& disturbance) override {
        fake_.disturbances_.push_back(disturbance);
        return !fake_.hidden_;
    }
    bool settle() override {
        fake_.observed_ = {};
        return !fake_.busy_;
    }
    std::string name() const override { return ""; }
    std::vector<std::string> functions() const override { return {"function", "Orders"}; }

  private:
    FakeWorld& fake_;
};

namespace {

class Folder : public RunFolder {
  public:
    const std::string& path() const override { return path_; }

  private:
    std::string path_ = "/tmp/run";
};

}  // namespace

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
    world.start_application = [this](const app::Application& application) -> World::Started {
        started_.push_back(application);
        if (!start_problem_.empty())
            return StartProblem(Problem(ProblemCode::not_found, start_problem_), ApplicationPart::command);
        return std::unique_ptr<RunningApplication>(std::make_unique<Running>(*this));
    };
    world.start_template = [](const TemplatePlan& plan) -> World::Started {
        return StartProblem(Problem(ProblemCode::not_found, "no template " + plan.file));
    };
    world.send = [this](const std::vector<Outgoing>& together) {
        std::vector<Arrived> arrived;
        for (const auto& outgoing : together) {
            sent_.push_back({outgoing.base_url, outgoing.request, outgoing.timeout});
            source::Result<http::Response> reply =
                replies_.empty()
                    ? source::Result<http::Response>(Problem(ProblemCode::unreadable, "no reply was written down"))
                    : std::move(replies_.front());
            if (!replies_.empty()) replies_.pop_front();
            arrived.push_back({std::move(reply), std::chrono::milliseconds(1)});
        }
        return arrived;
    };
    world.make_folder = [this](const std::vector<PlannedFile>& files) -> source::Result<std::unique_ptr<RunFolder>> {
        folders_.push_back(files);
        return std::unique_ptr<RunFolder>(std::make_unique<Folder>());
    };
    world.sleep = [this](std::chrono::milliseconds time) { slept_ += time; };
    world.wall_clock = [] {
        return std::chrono::system_clock::time_point(std::chrono::milliseconds(1'767'607'200'250));
    };
    world.now = [this] { return now_ += std::chrono::milliseconds(1); };
    return world;
}

}  // namespace understudy::scenario

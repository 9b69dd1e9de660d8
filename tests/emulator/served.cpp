#include "tests/emulator/served.hpp"

#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace understudy {
namespace {

/// Long enough for a loaded machine; no test waits for it to pass.
constexpr std::chrono::seconds kLongestWait{60};

std::uint16_t port_in(const std::string& url) {
    return static_cast<std::uint16_t>(std::stoi(client::parse_url(url)->port));
}

}  // namespace

void Record::on_request(const AnsweredRequest& request) {
    const std::lock_guard lock(mutex_);
    statuses_.push_back(request.status);
    if (!request.cut_off_by.empty()) cuts_.emplace_back(request.cut_off_by);
    changed_.notify_all();
}

void Record::on_event(std::string_view, std::string_view, std::string_view event) {
    const std::lock_guard lock(mutex_);
    events_.emplace_back(event);
}

std::vector<std::string> Record::events() const {
    const std::lock_guard lock(mutex_);
    return events_;
}

void Record::on_log(std::string_view, std::string_view lines) {
    const std::lock_guard lock(mutex_);
    log_ += lines;
    changed_.notify_all();
}

void Record::on_advice(std::string_view, std::string_view text) {
    const std::lock_guard lock(mutex_);
    advice_.emplace_back(text);
    changed_.notify_all();
}

std::string Record::log() const {
    const std::lock_guard lock(mutex_);
    return log_;
}

std::string Record::wait_for_log(const std::string& text) const {
    std::unique_lock lock(mutex_);
    const auto is_there = [&] { return log_.find(text) != std::string::npos; };
    if (!changed_.wait_for(lock, kLongestWait, is_there)) {
        ADD_FAILURE() << "the log does not say '" << text << "':\n" << log_;
        return {};
    }
    const auto begin = log_.find(text) + text.size();
    return log_.substr(begin, log_.find('\n', begin) - begin);
}

void Record::wait_for(const std::function<bool(const std::vector<std::string>&)>& condition) const {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(changed_.wait_for(lock, kLongestWait, [&] { return condition(advice_); }))
        << testing::PrintToString(advice_);
}

void Record::wait_for_advice(const std::string& text) const {
    wait_for([&](const std::vector<std::string>& advice) {
        return std::ranges::any_of(advice, [&](const std::string& line) { return line.find(text) != line.npos; });
    });
}

std::vector<std::string> Record::advice() const {
    const std::lock_guard lock(mutex_);
    return advice_;
}

void Record::on_end(std::string_view request_id, Begun begun) {
    const std::lock_guard lock(mutex_);
    ends_.emplace_back(request_id, begun);
}

std::vector<std::pair<std::string, Begun>> Record::ends() const {
    const std::lock_guard lock(mutex_);
    return ends_;
}

std::vector<int> Record::statuses() const {
    const std::lock_guard lock(mutex_);
    return statuses_;
}

std::string Record::wait_for_cut() const {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !cuts_.empty(); });
    return cuts_.front();
}

Settings scripted(app::FrontKind front) {
    app::Function function;
    function.command = {UNDERSTUDY_PROGRAM_DIR "/scripted_handler"};
    function.directory = "/";
    Settings settings;
    settings.application.functions = {function};
    settings.application.apis = {app::to_single_function_api(front, {}, function.name)};
    settings.seed = 1;
    return settings;
}

Settings scripted_alone(app::FrontKind front) {
    Settings settings = scripted(front);
    settings.max_environments = 1;
    return settings;
}

Served::Served(Settings settings) {
    std::promise<source::Result<Endpoints>> started;
    thread_ = std::thread([&] {
        emulator_ = std::make_unique<Emulator>(context_, std::move(settings), *record_);
        started.set_value(emulator_->start());
        context_.run();
    });
    auto result = started.get_future().get();
    if (!result) {
        ADD_FAILURE() << result.error();
        return;
    }
    endpoints_ = std::move(*result);
}

Served::~Served() {
    end();
}

source::Result<Endpoints> Served::replace(app::Application application) {
    std::promise<source::Result<Endpoints>> replaced;
    boost::asio::post(context_, [&] {
        emulator_->replace(std::move(application), {}, {},
                           [&](const Emulator::Replaced& result) { replaced.set_value(result.endpoints); });
    });
    return replaced.get_future().get();
}

void Served::disturb_next(lambda::Disturbance disturbance) {
    std::promise<void> done;
    boost::asio::post(context_, [&] {
        emulator_->disturb_next(disturbance);
        done.set_value();
    });
    done.get_future().wait();
}

void Served::stop() {
    boost::asio::post(context_, [this] {
        emulator_.reset();
        work_.reset();
    });
}

void Served::end() {
    stop();
    if (thread_.joinable()) thread_.join();
}

std::uint16_t Served::port() const {
    return port_in(endpoints_.gateway);
}

std::uint16_t Served::lambda_port() const {
    return port_in(endpoints_.lambda);
}

client::Exchange Served::ask(const client::HttpRequest& request) const {
    client::HttpClient client(*client::parse_url(endpoints_.gateway));
    auto exchange = client.exchange(request, kLongestWait);
    if (!exchange) throw std::runtime_error(exchange.error().message());
    return *exchange;
}

client::Exchange Served::get(const std::string& target) const {
    return ask({"GET", target, {}, {}});
}

client::Exchange Served::invoke(const std::string& payload, client::HeaderLines headers) const {
    return invoke_function("function", payload, std::move(headers));
}

client::Exchange Served::invoke_function(const std::string& name, const std::string& payload,
                                         client::HeaderLines headers) const {
    client::HttpClient client(*client::parse_url(endpoints_.lambda));
    const client::HttpRequest request{"POST", "/2015-03-31/functions/" + name + "/invocations", std::move(headers),
                                      payload};
    auto exchange = client.exchange(request, kLongestWait);
    if (!exchange) throw std::runtime_error(exchange.error().message());
    return *exchange;
}

}  // namespace understudy

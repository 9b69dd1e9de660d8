#include "emulator/app/single_function.hpp"
#include "emulator/event/made_up_facts.hpp"
#include "emulator/gateway/front_door.hpp"
#include "tools/bench/allocations.hpp"
#include "tools/bench/compare.hpp"
#include "tools/bench/rows.hpp"

#include <openssl/evp.h>

#include <time.h>

#include <chrono>
#include <string>
#include <variant>
#include <vector>

namespace understudy::bench {
namespace {

constexpr int kBatch = 2000;
constexpr std::size_t kBody = 1024;

/// A yardstick that none of our own work moves: OpenSSL's base64 of 1 KB.
class Encoding {
  public:
    void operator()() {
        encoded_.resize(EVP_ENCODE_LENGTH(kBody));
        written_ += EVP_EncodeBlock(encoded_.data(), bytes_.data(), static_cast<int>(kBody));
    }

  private:
    std::vector<unsigned char> bytes_ = std::vector<unsigned char>(kBody, 0xa5);
    std::vector<unsigned char> encoded_;
    std::uint64_t written_ = 0;
};

/// This thread's processor time in nanoseconds: what others do meanwhile does not count.
double read_thread_time() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

/// Nanoseconds that one of many calls takes.
template <class Call>
double time_one(Call& call) {
    const double start = read_thread_time();
    for (int i = 0; i < kBatch; ++i) call();
    return (read_thread_time() - start) / kBatch;
}

/// In encodings, with the allocations of one call.
template <class Call>
Measured compare_with_encoding(const Run& run, Call call) {
    const Pin pin(kServerProcessor);
    Encoding encoding;
    call();
    const std::size_t before = allocations();
    call();
    const std::size_t allocated = allocations() - before;
    Measured measured =
        to_measured(measure_pairs(
                        run.quick ? 10 : 40, [&] { return time_one(call); }, [&] { return time_one(encoding); }),
                    " ns");
    measured.detail += ", " + std::to_string(allocated) + " allocations";
    return measured;
}

/// A call as a client makes it: some headers, and 1 KB of protobuf.
http::Request make_request() {
    return {"POST",
            "/logquery.v1.LogQueryService/CheckWindow?from=1&until=2",
            1,
            {{"Host", "127.0.0.1:3000"},
             {"User-Agent", "curl/8.5.0"},
             {"Accept", "application/proto"},
             {"Accept-Encoding", "gzip, deflate"},
             {"Content-Type", "application/proto"},
             {"Content-Length", "1024"},
             {"Authorization", "Bearer 0123456789abcdef0123456789abcdef"},
             {"X-Request-Source", "bench"}},
            std::string(kBody, '\xa5')};
}

/// 1 KB of protobuf back.
std::string make_reply(app::FrontKind front) {
    std::string encoded(EVP_ENCODE_LENGTH(kBody), '\0');
    const std::string bytes(kBody, '\x5a');
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(kBody));
    encoded.resize(static_cast<std::size_t>(size));
    const bool rest = front == app::FrontKind::rest;
    return R"({"statusCode":200,"headers":{"Content-Type":"application/proto","Cache-Control":"no-store"},"body":")" +
           encoded + R"(","isBase64Encoded":true)" + (rest ? "}" : R"(,"x":null})");
}

gateway::FrontDoor make_door(app::FrontKind front) {
    app::Application application;
    application.functions.emplace_back();
    const app::FrontOptions options{.binary_media_types = {"application/proto"}};
    app::Api api = app::to_single_function_api(front, options, application.functions.front().name);
    api.id = "abcdefghij";
    application.apis.push_back(std::move(api));
    return {application, application.apis.front()};
}

/// A REST API of 500 resources, ten branches of fifty; the request takes the last.
gateway::Router make_router() {
    app::Api api{.id = "abcdefghij", .kind = app::ApiKind::rest, .name = "bench"};
    for (int branch = 0; branch < 10; ++branch) {
        for (int leaf = 0; leaf < 50; ++leaf) {
            api.routes.push_back(
                {.method = "GET",
                 .path = "/tenants/{tenant}/branch" + std::to_string(branch) + "/leaf" + std::to_string(leaf) + "/{id}",
                 .integration = app::LambdaIntegration{.function = "bench"}});
        }
    }
    return gateway::Router(api);
}

}  // namespace

template <app::FrontKind front>
Measured measure_event(Run& run) {
    gateway::FrontDoor door = make_door(front);
    const http::Request request = make_request();
    const event::Facts facts = event::made_up_facts();
    std::size_t made = 0;
    return compare_with_encoding(run, [&] {
        const gateway::Verdict verdict = door.admit(request, facts);
        made += std::get<gateway::Accepted>(verdict).event.size();
    });
}

template <app::FrontKind front>
Measured measure_reply(Run& run) {
    gateway::FrontDoor door = make_door(front);
    const event::Facts facts = event::made_up_facts();
    const gateway::Verdict verdict = door.admit(make_request(), facts);
    const gateway::Ticket& ticket = std::get<gateway::Accepted>(verdict).ticket;
    const std::string payload = make_reply(front);
    std::size_t made = 0;
    return compare_with_encoding(run, [&] {
        made +=
            door.answer(ticket, {gateway::FunctionReply::Kind::succeeded, payload}, facts.time).response.body.size();
    });
}

template Measured measure_event<app::FrontKind::http>(Run& run);
template Measured measure_event<app::FrontKind::http1>(Run& run);
template Measured measure_event<app::FrontKind::rest>(Run& run);
template Measured measure_event<app::FrontKind::url>(Run& run);
template Measured measure_event<app::FrontKind::alb>(Run& run);
template Measured measure_reply<app::FrontKind::http>(Run& run);
template Measured measure_reply<app::FrontKind::http1>(Run& run);
template Measured measure_reply<app::FrontKind::rest>(Run& run);
template Measured measure_reply<app::FrontKind::url>(Run& run);
template Measured measure_reply<app::FrontKind::alb>(Run& run);

Measured measure_route(Run& run) {
    const gateway::Router router = make_router();
    const http::Request request = make_request();
    const gateway::AlbRequest seen{request, {}, {}};
    std::size_t found = 0;
    return compare_with_encoding(run, [&] {
        const auto match = router.find("GET", "/tenants/acme/branch9/leaf49/4711", seen);
        found += match->route;
    });
}

}  // namespace understudy::bench

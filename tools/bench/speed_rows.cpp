#include "tools/bench/compare.hpp"
#include "tools/bench/load.hpp"
#include "tools/bench/rows.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

namespace understudy::bench {
namespace {

constexpr std::size_t kMedium = 75 * 1024;
constexpr std::chrono::milliseconds kSlice{700}, kWarmUp{300};
constexpr std::string_view kInvokeTarget = "/2015-03-31/functions/function/invocations";

std::string to_raw(std::size_t size) {
    return "raw:" + std::to_string(size);
}
std::string to_proxy(std::size_t size) {
    return "proxy:" + std::to_string(size);
}

Request make_gateway_post(std::size_t size) {
    return make_post("/logquery.v1.LogQueryService/CheckWindow", "application/proto", std::string(size, 'A'), size);
}

double to_microseconds(std::vector<std::chrono::nanoseconds> latencies) {
    std::vector<double> values;
    for (const auto latency : latencies) values.push_back(std::chrono::duration<double, std::micro>(latency).count());
    return median(std::move(values));
}

/// How long bodies of one size take, as medians of batches.
struct LatencyPlan {
    std::size_t size;
    int pairs;
    int batch;
};

/// Small requests, one after another.
LatencyPlan plan_latency(const Run& run) {
    return {kSmall, run.quick ? 7 : 15, run.quick ? 500 : 2000};
}

Measured compare_latencies(const LatencyPlan& plan, Caller&& ours, Caller&& reference) {
    for (Caller* caller : {&ours, &reference}) caller->call(plan.batch);
    const auto measure = [batch = plan.batch](Caller& caller) {
        return [&caller, batch] { return to_microseconds(caller.call(batch)); };
    };
    return to_measured(measure_pairs(plan.pairs, measure(ours), measure(reference)), " µs");
}

Measured compare_gateway(const Run& run, const LatencyPlan& plan) {
    const Understudy ours(run.programs, plan_worker(run.programs, to_proxy(plan.size)));
    const Relay reference(run.programs, to_raw(plan.size));
    const Request request = make_gateway_post(plan.size);
    return compare_latencies(plan, {ours.gateway(), request}, {reference.port(), request});
}

/// With an HTTP exchange between two processes, our client and a server that sends the body back.
Measured compare_exchange(const Run& run, const LatencyPlan& plan) {
    const Understudy ours(run.programs, plan_worker(run.programs, to_proxy(plan.size)));
    const Relay reference(run.programs, to_raw(plan.size));
    return compare_latencies(
        plan, {ours.gateway(), make_gateway_post(plan.size)},
        {reference.port(), make_post("/echo", "application/proto", std::string(plan.size, 'A'), plan.size)});
}

Measured compare_invoke(const Run& run, const LatencyPlan& plan) {
    const Understudy ours(run.programs, plan_worker(run.programs, to_raw(plan.size)));
    const Relay reference(run.programs, to_raw(plan.size));
    const std::string document = '"' + std::string(plan.size - 2, 'A') + '"';
    return compare_latencies(plan, {ours.lambda(), make_post(kInvokeTarget, "application/json", document, plan.size)},
                             {reference.port(), make_gateway_post(plan.size)});
}

using Compare = Measured (*)(const Run& run, const LatencyPlan& plan);

/// Everything on one processor, so that no wake-up of another is measured.
Measured compare_on_one_processor(const Run& run, const LatencyPlan& plan, Compare compare) {
    const Pin pin(kServerProcessor);
    return compare(run, plan);
}

/// Also tells how it is with more than one, where both sides copy at the same time; wake-ups weigh little here.
Measured compare_large(const Run& run, Compare compare) {
    const LatencyPlan plan{kLarge, run.quick ? 7 : 15, run.quick ? 5 : 15};
    Measured measured = compare_on_one_processor(run, plan, compare);
    measured.detail += "; not pinned to one processor " + format(compare(run, plan).value.median) + " ×";
    return measured;
}

/// Requests in a second, and the processor time that they took.
template <class Target>
class Capacity {
  public:
    Capacity(const Target& target, std::uint16_t port) : target_(target), port_(port) {
        measure_throughput(port_, request_, kConcurrency, kWarmUp);
    }
    double operator()() {
        const std::uint64_t before = target_.read_cpu_time();
        const double rate = measure_throughput(port_, request_, kConcurrency, kSlice);
        const auto nanoseconds = static_cast<double>(target_.read_cpu_time() - before);
        costs_.push_back(nanoseconds / 1000 / (rate * std::chrono::duration<double>(kSlice).count()));
        return rate;
    }
    double cost() const { return median(costs_); }

  private:
    const Target& target_;
    std::uint16_t port_;
    Request request_ = make_gateway_post(kSmall);
    std::vector<double> costs_;
};

}  // namespace

Measured measure_capacity(Run& run) {
    const Pin servers(kServerProcessor);
    const Understudy ours(run.programs, plan_worker(run.programs, to_proxy(kSmall)));
    const Relay reference(run.programs, to_raw(kSmall));
    const Pin load(kLoadProcessor);
    Capacity our_capacity(ours, ours.gateway());
    Capacity reference_capacity(reference, reference.port());
    Measured measured =
        to_measured(measure_pairs(run.quick ? 5 : 15, std::ref(our_capacity), std::ref(reference_capacity)), "/s");
    measured.detail +=
        ", processor time " + format(our_capacity.cost()) + " µs against " + format(reference_capacity.cost()) + " µs";
    return measured;
}

Measured measure_recording(Run& run) {
    const Pin servers(kServerProcessor);
    const auto file = std::filesystem::temp_directory_path() / ("bench-" + std::to_string(::getpid()) + ".jsonl");
    Understudy::Plan plan = plan_worker(run.programs, to_proxy(kSmall));
    const Understudy reference(run.programs, plan);
    plan.recording = file.string();
    const Understudy ours(run.programs, plan);
    const Pin load(kLoadProcessor);
    Capacity our_capacity(ours, ours.gateway());
    Capacity reference_capacity(reference, reference.gateway());
    const auto measure_and_forget = [&] {
        const double rate = our_capacity();
        std::filesystem::resize_file(file, 0);
        return rate;
    };
    Measured measured =
        to_measured(measure_pairs(run.quick ? 5 : 15, measure_and_forget, std::ref(reference_capacity)), "/s");
    measured.detail +=
        ", processor time " + format(our_capacity.cost()) + " µs against " + format(reference_capacity.cost()) + " µs";
    std::filesystem::remove(file);
    return measured;
}

Measured measure_latency(Run& run) {
    return compare_on_one_processor(run, plan_latency(run), compare_gateway);
}

Measured measure_latency_in_exchanges(Run& run) {
    return compare_on_one_processor(run, plan_latency(run), compare_exchange);
}

Measured measure_bodies_75_kb(Run& run) {
    return compare_on_one_processor(run, {kMedium, run.quick ? 7 : 15, run.quick ? 50 : 200}, compare_gateway);
}

Measured measure_bodies_4_mb(Run& run) {
    return compare_large(run, compare_gateway);
}

Measured measure_invoke_4_mb(Run& run) {
    return compare_large(run, compare_invoke);
}

/// With the recorder in front of the worker, less without it; every exchange goes to the function's log.
Measured measure_recorder(Run& run) {
    const Pin pin(kServerProcessor);
    const LatencyPlan plan = plan_latency(run);
    const Understudy::Plan without = plan_worker(run.programs, to_proxy(plan.size));
    Understudy::Plan with = without;
    with.command.insert(with.command.begin(), run.programs.recorder);
    const Understudy ours(run.programs, with), reference(run.programs, without);
    Caller recorded(ours.gateway(), make_gateway_post(plan.size)),
        bare(reference.gateway(), make_gateway_post(plan.size));
    const auto measure = [batch = plan.batch](Caller& caller) {
        return [&caller, batch] { return to_microseconds(caller.call(batch)); };
    };
    const auto pairs = measure_pairs(plan.pairs, measure(recorded), measure(bare));
    std::vector<double> added;
    for (const Pair& pair : pairs) added.push_back((pair.ours - pair.reference) / 1000);
    return {to_spread(added), to_measured(pairs, " µs").detail, {}};
}

}  // namespace understudy::bench

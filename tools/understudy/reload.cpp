#include "tools/understudy/reload.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

namespace understudy::cli {
namespace {

/// How long nothing must be written before a change is taken up.
constexpr std::chrono::milliseconds kQuiet{100};

/// How long something may be gone before that is told.
constexpr std::chrono::milliseconds kAbsence{1000};

}  // namespace

Reload::Reload(boost::asio::io_context& context, Emulator& emulator, ServedApplication& served,
               const PreparedApplication& current, Say say)
    : context_(context), emulator_(emulator), served_(served), current_(current), say_(std::move(say)) {
    emulator_.on_left([this] {
        untidy_ = true;
        if (!busy_) go_on();
    });
}

source::Result<void> Reload::watch() {
    watch_ = std::make_unique<process::FileWatch>(
        context_.get_executor(), kQuiet,
        [this](const std::vector<std::filesystem::path>& changed) { request(changed); });
    watch_->on_loss(kAbsence, [this](const std::vector<std::filesystem::path>& lost) {
        for (const auto& path : lost) tell_failure('\'' + path.native() + "' is gone\n");
    });
    return watch_->watch(current_.watched);
}

void Reload::request(const std::vector<std::filesystem::path>& changed) {
    changed_.insert(changed.begin(), changed.end());
    again_ = true;
    if (!busy_ && !stopped_) begin();
}

void Reload::begin() {
    busy_ = true;
    again_ = false;
    began_ = std::chrono::steady_clock::now();
    if (worker_.joinable()) worker_.join();
    worker_ = std::thread([this] {
        auto prepared = std::make_shared<Prepared>(served_.prepare([this] { return !stopped_; }));
        boost::asio::post(context_, [this, prepared] { on_prepared(prepared); });
    });
}

void Reload::on_prepared(std::shared_ptr<Prepared> prepared) {
    if (stopped_) return;
    if (!*prepared) {
        tell_failure(served_.render(prepared->error(), source::Colour::none));
        return end();
    }
    if (!(*prepared)->failures.empty()) {
        untidy_ = true;
        tell_failure((*prepared)->failures.front() + '\n');
        return end();
    }
    replace(std::move(**prepared));
}

std::set<std::string> Reload::affected_functions() const {
    std::set<std::string> names;
    for (const auto& path : changed_) {
        const auto found = current_.functions_of.find(path);
        if (found != current_.functions_of.end()) names.insert(found->second.begin(), found->second.end());
    }
    return names;
}

void Reload::replace(PreparedApplication&& next) {
    const auto prepared = std::make_shared<PreparedApplication>(std::move(next));
    const std::set<std::string> rebuilt = affected_functions();
    emulator_.renew_issuer_keys(prepared->issuer_keys);
    emulator_.replace(
        prepared->application, rebuilt, [this, prepared, rebuilt](const source::Result<Endpoints>& endpoints) {
            if (stopped_) return;
            if (!endpoints) {
                tell_failure(to_string(endpoints.error()) + '\n');
                return end();
            }
            const auto took =
                std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began_);
            say_("reloaded: " + describe(*prepared, rebuilt) + " (" + std::to_string(took.count()) + " ms)\n");
            for (const std::string& notice : prepared->notices) {
                if (std::ranges::find(current_.notices, notice) == current_.notices.end()) say_(notice);
            }
            current_ = std::move(*prepared);
            changed_.clear();
            all_ = false;
            end();
        });
}

/// What the next application has that this one has not, in a few words.
std::string Reload::describe(const PreparedApplication& next, const std::set<std::string>& rebuilt) const {
    std::string text;
    const auto add = [&text](const std::string& words) { text += (text.empty() ? "" : ", ") + words; };
    const auto& old = current_.application.functions;
    const auto& now = next.application.functions;
    for (const app::Function& function : now) {
        const auto before = std::ranges::find(old, function.name, &app::Function::name);
        if (before == old.end()) {
            add("function " + function.name + " is new");
        } else if (rebuilt.contains(function.name)) {
            add("function " + function.name + (all_ ? " is started anew" : " has new code"));
        } else if (*before != function) {
            add("function " + function.name + " is set up anew");
        }
    }
    for (const app::Function& function : old) {
        if (std::ranges::find(now, function.name, &app::Function::name) == now.end())
            add("function " + function.name + " is gone");
    }
    if (!current_.shown.empty() && std::ranges::any_of(changed_, [this](const std::filesystem::path& path) {
            return !current_.functions_of.contains(path) && !current_.key_files.contains(path);
        })) {
        add("routes as " + current_.shown + " has them now");
    }
    for (std::size_t i = 0; i < next.issuer_keys.size(); ++i) {
        const IssuerKeys& keys = next.issuer_keys[i];
        if (keys.key_set != current_.issuer_keys[i].key_set) add("other keys of " + keys.issuer);
    }
    return text.empty() ? "nothing differs" : text;
}

void Reload::tell_failure(const std::string& reason) {
    say_("not reloaded, the old one keeps serving:\n" + reason);
}

void Reload::end() {
    busy_ = false;
    if (watch_) {
        if (const auto watched = watch_->watch(current_.watched); !watched) say_(to_string(watched.error()) + '\n');
    }
    go_on();
}

void Reload::go_on() {
    if (stopped_) return;
    if (again_) return begin();
    if (untidy_) tidy();
}

/// Nothing is unpacked meanwhile: a reload that is asked for waits.
void Reload::tidy() {
    busy_ = true;
    untidy_ = false;
    std::vector<std::filesystem::path> keep = current_.code;
    for (const app::Function& function : emulator_.leaving()) {
        keep.insert(keep.end(), function.command.begin(), function.command.end());
        keep.insert(keep.end(), {function.directory, function.opt});
    }
    if (worker_.joinable()) worker_.join();
    worker_ = std::thread([this, keep = std::move(keep)] {
        served_.remove_other_code(keep);
        boost::asio::post(context_, [this] {
            busy_ = false;
            go_on();
        });
    });
}

void Reload::stop() {
    stopped_ = true;
    emulator_.on_left({});
    watch_.reset();
    if (worker_.joinable()) worker_.join();
}

}  // namespace understudy::cli

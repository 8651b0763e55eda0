package io.plabble.sdk.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.plabble.protocol.internal.frame.DynamicLength;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Bytes over a blocking socket, with TLS if the server speaks it; packets with their Length. */
final class PlainSocket implements Packets {
    static {
        // Else the JDK takes the end of the connection for a close_notify, and tests would not see that one is missing.
        System.setProperty("com.sun.net.ssl.requireCloseNotify", "true");
    }

    private final Socket tcp;
    private final Socket socket;

    PlainSocket(PlabbleTestServer server) throws IOException {
        this(server, server.host());
    }

    /** @param name that the certificate has to be for, if there is one */
    PlainSocket(PlabbleTestServer server, String name) throws IOException {
        tcp = new Socket(server.host(), server.port());
        tcp.setSoTimeout((int) BOUND.toMillis());
        tcp.setTcpNoDelay(true); // else what is written in two parts waits for an acknowledgement
        try {
            socket = server.speaksTls() ? tls(tcp, name, server.tlsCertificate()) : tcp;
        } catch (IOException e) {
            tcp.close();
            throw e;
        }
    }

    private static Socket tls(Socket tcp, String name, X509Certificate trusted) throws IOException {
        SSLSocket socket =
                (SSLSocket) trusting(trusted).getSocketFactory().createSocket(tcp, name, tcp.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    static SSLContext trusting(X509Certificate trusted) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("server", trusted);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The TLS version that was agreed on. */
    String tlsProtocol() {
        return ((SSLSocket) socket).getSession().getProtocol();
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    @Override
    public void writePacket(byte[] packet) throws IOException {
        write(framed(packet));
    }

    /** With its Length in front. */
    static byte[] framed(byte[] packet) {
        ByteBuf wire = Unpooled.buffer();
        DynamicLength.write(packet.length, wire);
        wire.writeBytes(packet);
        byte[] bytes = new byte[wire.readableBytes()];
        wire.readBytes(bytes);
        return bytes;
    }

    byte[] read(int length) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(length);
        assertThat(bytes).hasSize(length);
        return bytes;
    }

    @Override
    public byte[] readPacket() throws IOException {
        ByteBuf prefix = Unpooled.buffer();
        int length = DynamicLength.INCOMPLETE;
        while (length == DynamicLength.INCOMPLETE) {
            prefix.writeByte(read(1)[0]);
            length = DynamicLength.read(prefix);
        }
        return read(length);
    }

    @Override
    public byte[] readToEnd() throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    @Override
    public boolean hasNothingToRead() throws IOException {
        return socket.getInputStream().available() == 0 && tcp.getInputStream().available() == 0;
    }

    @Override
    public void expectEnd() throws IOException {
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    /** Of TCP: what TLS would make of it does not matter, and there is nothing before it. */
    @Override
    public void expectReset() {
        assertThatThrownBy(() -> tcp.getInputStream().read()).isInstanceOf(SocketException.class);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
